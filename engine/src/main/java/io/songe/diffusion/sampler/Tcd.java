package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.NoiseSchedule;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.Sigmas;
import io.songe.error.InvalidRequestException;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Trajectory consistency distillation: each step jumps along the trajectory to below the next
 * level, and adds noise up to it. Zheng et al. 2024, "Trajectory Consistency Distillation", the
 * algorithm of its "strategic stochastic sampling". For models that were distilled so, in a few
 * steps. The noise of the last step, whose factor is 0, is drawn too.
 *
 * @param gamma which share of the next timestep is left out by the jump, in [0, 1]: 0 adds no
 *     noise, 1 jumps to the end as {@link Lcm} does. The paper recommends 0.3, which diffusers'
 *     scheduler has by default and its pipelines set to 0
 * @param schedule of the network, whose timesteps are counted
 */
public record Tcd(double gamma, NoiseSchedule schedule) implements Sampler {
  /** Checks the range. */
  public Tcd {
    if (!(gamma >= 0 && gamma <= 1)) {
      throw new InvalidRequestException("gamma must be from 0 to 1, got " + gamma);
    }
  }

  @Override
  public Sampler tunedTo(SchedulerConfig config) {
    return new Tcd(gamma, config.noiseSchedule());
  }

  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double next = sigmas.at(i + 1);
          double landing = i == sigmas.steps() - 1 ? next : landing(next);
          double up = Math.sqrt(next * next - landing * landing);
          Tensor denoised = denoiser.denoise(path.x(), sigmas.at(i));
          Tensor landed = Euler.towards(denoised, path.x(), sigmas.at(i), landing);
          path.moveTo(landed.plus(noise.next(x.shape()).times(up)), denoised);
        }
      }
      return path.end();
    }
  }

  private double landing(double next) {
    double timestep = Math.rint(schedule.timestep(next));
    return Math.min(next, schedule.sigma(Math.floor((1 - gamma) * timestep)));
  }
}
