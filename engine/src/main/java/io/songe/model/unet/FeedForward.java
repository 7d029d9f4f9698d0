package io.songe.model.unet;

import io.songe.nn.Linear;
import io.songe.nn.Parameters;
import io.songe.tensor.Functional;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.List;

/** A feed-forward layer with gated units (GEGLU). Shazeer 2020, section 2, with biases. */
final class FeedForward {
  private final Linear valuesAndGates;
  private final Linear narrow;

  FeedForward(int width, Parameters p) {
    valuesAndGates = new Linear(width, 8L * width, p.in("net.0.proj"));
    narrow = new Linear(4L * width, width, p.in("net.2"));
  }

  /** x and the result: [batch, tokens, width]. */
  Tensor forward(Tensor x) {
    try (Scope scope = Scope.inner()) {
      List<Tensor> valueAndGate = valuesAndGates.forward(x).chunk(2, -1);
      Tensor gated = valueAndGate.getFirst().times(Functional.gelu(valueAndGate.getLast()));
      return scope.keep(narrow.forward(gated));
    }
  }
}
