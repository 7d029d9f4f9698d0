package io.songe.model.unet;

import io.songe.diffusion.Conditioning;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * What all residual blocks are told at a step: the time and what the configuration adds to it,
 * activated once for all of them.
 */
final class StepEmbedding {
  private final DType dtype;
  private final Sinusoids sinusoids;
  private final TimestepEmbedding time;
  private final AddedEmbedding added;

  StepEmbedding(UNetConfig config, Parameters p) {
    int channels = config.levels().getFirst().channels();
    dtype = p.dtype();
    sinusoids = new Sinusoids(channels, config.waves());
    time = new TimestepEmbedding(channels, config.timeWidth(), p.in("time_embedding"));
    added = AddedEmbedding.of(config, p);
  }

  /** Timesteps [batch] -> [batch, time width]. */
  Tensor forward(Tensor timesteps, Conditioning given) {
    try (Scope scope = Scope.inner()) {
      Tensor embedded = time.forward(sinusoids.of(timesteps).to(dtype));
      return scope.keep(Functional.silu(added.addTo(embedded, given)));
    }
  }
}
