package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.Sigmas;
import io.songe.diffusion.SolverOptions;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Pseudo linear multistep. Liu, Ren, Lin and Zhao 2022, "Pseudo Numerical Methods for Diffusion
 * Models on Manifolds", equation 12 (four steps), begun as Rombach et al. 2022 begin: with a step
 * of Heun's, which asks the denoiser twice, and then formulas of two and three steps. The paper's
 * transfer part, its equation 9, is in our coordinates a straight step.
 *
 * @param combined what the formulas combine. The paper combines noise; diffusers whatever the
 *     network predicts, and goes from that to the noise with the latest sample
 */
public record Plms(Prediction combined) implements CorrectingSampler {
  static final int MOST = 4;

  /** As in the paper. */
  public Plms() {
    this(new Prediction.Epsilon());
  }

  @Override
  public Sampler tunedTo(SchedulerConfig config) {
    if (!(config.solver() instanceof SolverOptions.PseudoNumerical(boolean rungeKuttaStart))) {
      return this;
    }
    return rungeKuttaStart
        ? new Pndm(config.prediction(), config.noiseSchedule())
        : new Plms(config.prediction());
  }

  @Override
  public Tensor correct(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener);
        History outputs = new History(MOST)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = sigmas.at(i);
          double next = sigmas.at(i + 1);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          outputs.add(sigma, combined.output(path.x(), denoised, sigma));
          Tensor aim =
              i == 0 && sigmas.steps() > 1
                  ? heun(denoiser, path.x(), denoised, outputs, next)
                  : aim(denoised, outputs);
          path.moveTo(Euler.towards(aim, path.x(), sigma, next), denoised);
        }
      }
      return path.end();
    }
  }

  /** The estimate that belongs to the mean of the latest outputs. */
  Tensor aim(Tensor denoised, History outputs) {
    double factor = combined.at(outputs.sigma(0)).out();
    return outputs.addMeanTo(denoised, factor, AdamsWeights.equallySpaced(outputs.size()));
  }

  private Tensor heun(Denoiser denoiser, Tensor x, Tensor denoised, History outputs, double next) {
    double sigma = outputs.sigma(0);
    Tensor straight = Euler.towards(denoised, x, sigma, next);
    Tensor there = combined.output(straight, denoiser.denoise(straight, next), next);
    return denoised.plus(there.minus(outputs.at(0)).times(combined.at(sigma).out() / 2));
  }
}
