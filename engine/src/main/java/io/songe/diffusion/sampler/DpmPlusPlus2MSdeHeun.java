package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * {@link DpmPlusPlus2MSde} with the other weight that its paper's appendix gives the slope of the
 * estimates: the integral of a straight line, as Heun's method has it, not the value at the middle.
 * Noise is drawn as there.
 */
public record DpmPlusPlus2MSdeHeun() implements Sampler {
  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double next = sigmas.at(i + 1);
          double shrink = Math.pow(next / sigmas.at(i), 2);
          Tensor denoised = denoiser.denoise(path.x(), sigmas.at(i));
          Tensor reached = path.x().times(shrink).plus(denoised.times(1 - shrink));
          if (!DpmPlusPlus2M.isFirstOrder(i, sigmas)) {
            Tensor change = denoised.minus(path.lastDenoised());
            reached = reached.plus(change.times(weight(shrink, sigmas, i)));
          }
          Tensor fresh = noise.next(x.shape()).times(next * Math.sqrt(1 - shrink));
          path.moveTo(reached.plus(fresh), denoised);
        }
      }
      return path.end();
    }
  }

  /** h is a step's length in lambda = -log sigma; r is the ratio of the last one's to it. */
  private static double weight(double shrink, Sigmas sigmas, int i) {
    double h = Math.log(sigmas.at(i) / sigmas.at(i + 1));
    double r = Math.log(sigmas.at(i - 1) / sigmas.at(i)) / h;
    return (1 - (1 - shrink) / (2 * h)) / r;
  }
}
