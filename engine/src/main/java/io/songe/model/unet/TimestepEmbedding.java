package io.songe.model.unet;

import io.songe.nn.Linear;
import io.songe.nn.Parameters;
import io.songe.tensor.Functional;
import io.songe.tensor.Tensor;

/** Two linear maps that turn a vector of waves, or another, into an embedding. Ho et al. 2020. */
final class TimestepEmbedding {
  private final Linear linear1;
  private final Linear linear2;

  TimestepEmbedding(int in, int out, Parameters p) {
    linear1 = new Linear(in, out, p.in("linear_1"));
    linear2 = new Linear(out, out, p.in("linear_2"));
  }

  /** [batch, in] -> [batch, out]. */
  Tensor forward(Tensor x) {
    return linear2.forward(Functional.silu(linear1.forward(x)));
  }
}
