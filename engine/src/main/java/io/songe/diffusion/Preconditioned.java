package io.songe.diffusion;

import io.songe.tensor.Tensor;

/**
 * A network as a denoiser: {@code D(x; sigma) = skip x + out F(in x; t)}. Karras et al. 2022,
 * equation 7. Here, once and for all samplers, it is settled what the network predicts and what
 * timestep it is told.
 *
 * @param network the raw network F
 * @param prediction what its output means
 * @param schedule which timestep stands for which noise level
 */
public record Preconditioned(NoisePredictor network, Prediction prediction, NoiseSchedule schedule)
    implements ConditionalDenoiser {
  @Override
  public Tensor denoise(Tensor x, double sigma, Conditioning given) {
    Prediction.Scalings scalings = prediction.at(sigma);
    Tensor timesteps = Tensor.full(schedule.timestep(sigma), x.dim(0));
    Tensor output = network.predict(x.times(scalings.in()), timesteps, given);
    return x.times(scalings.skip()).plus(output.times(scalings.out()));
  }

  @Override
  public double skip(double sigma) {
    return prediction.at(sigma).skip();
  }
}
