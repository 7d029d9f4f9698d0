package io.songe.model.unet;

import io.songe.nn.Linear;
import io.songe.nn.Parameters;
import io.songe.tensor.GatedMap;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;

/** A feed-forward layer with gated units (GEGLU). Shazeer 2020, section 2, with biases. */
final class FeedForward {
  private final GatedMap gated;
  private final Linear narrow;

  FeedForward(int width, Parameters p) {
    gated = p.in("net.0.proj").gatedMap(Shape.of(8L * width, width));
    narrow = new Linear(4L * width, width, p.in("net.2"));
  }

  /** The layer beside a residual connection; x, around and the result: [batch, tokens, width]. */
  Tensor forward(Tensor x, Tensor around) {
    try (Scope scope = Scope.inner()) {
      return scope.keep(narrow.forwardPlus(gated.apply(x), around));
    }
  }
}
