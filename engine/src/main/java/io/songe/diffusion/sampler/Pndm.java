package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.NoiseSchedule;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Pseudo numerical methods. Liu, Ren, Lin and Zhao 2022, algorithm 2: three steps of the pseudo
 * Runge-Kutta method, equation 13, which ask the denoiser four times each, then pseudo linear
 * multistep, {@link Plms}. A step to noise level 0 has nothing to ask there and is straight.
 *
 * @param combined as of {@link Plms}
 * @param schedule of the network, in the middle of whose timesteps a step has its middle. Of an odd
 *     number, diffusers goes to the timestep above the middle and tells the network the one below,
 *     which we do both
 */
public record Pndm(Prediction combined, NoiseSchedule schedule) implements CorrectingSampler {
  private static final int STARTING_STEPS = 3;

  @Override
  public Tensor correct(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    Plms multistep = new Plms(combined);
    try (Trajectory path = new Trajectory(x, sigmas, listener);
        History outputs = new History(Plms.MOST)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = sigmas.at(i);
          double next = sigmas.at(i + 1);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          outputs.add(sigma, combined.output(path.x(), denoised, sigma));
          Tensor aim =
              i < STARTING_STEPS && next > 0
                  ? new RungeKutta(denoiser, path.x(), denoised, sigma).aim(next)
                  : multistep.aim(denoised, outputs);
          path.moveTo(Euler.towards(aim, path.x(), sigma, next), denoised);
        }
      }
      return path.end();
    }
  }

  /** {@return the level in the middle of a step, at a whole timestep} */
  double middle(double sigma, double next) {
    double from = Math.rint(schedule.timestep(sigma));
    double to = Math.rint(schedule.timestep(next));
    return schedule.sigma(to + Math.floor((from - to) / 2));
  }

  /** A step of Runge and Kutta's from x, of which the estimate is known. */
  private final class RungeKutta {
    private final Denoiser denoiser;
    private final Tensor x;
    private final Tensor denoised;
    private final double sigma;
    private final Tensor first;

    RungeKutta(Denoiser denoiser, Tensor x, Tensor denoised, double sigma) {
      this.denoiser = denoiser;
      this.x = x;
      this.denoised = denoised;
      this.sigma = sigma;
      this.first = combined.output(x, denoised, sigma);
    }

    /** The estimate that a straight step to the next level takes for the whole step. */
    Tensor aim(double next) {
      double middle = middle(sigma, next);
      Tensor second = outputAt(middle, first);
      Tensor third = outputAt(middle, second);
      Tensor fourth = outputAt(next, third);
      Tensor mean = first.plus(second.times(2)).plus(third.times(2)).plus(fourth).dividedBy(6);
      return aim(mean);
    }

    private Tensor outputAt(double level, Tensor by) {
      Tensor there = Euler.towards(aim(by), x, sigma, level);
      return combined.output(there, denoiser.denoise(there, level), level);
    }

    private Tensor aim(Tensor output) {
      return denoised.plus(output.minus(first).times(combined.at(sigma).out()));
    }
  }
}
