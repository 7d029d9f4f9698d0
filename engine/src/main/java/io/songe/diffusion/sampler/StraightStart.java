package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * What samplers that correct a step by an estimate after it do near infinity, where zero terminal
 * signal and rectified flows begin. A mistake of that estimate counts in proportion to the step's
 * length in sigma, and would ruin the sample. But a sample is noise alone there: nothing bends the
 * way, and {@link Euler} steps are as good. They lead to where the sampler can begin.
 */
final class StraightStart {
  /** Below this level a signal can be noticed. */
  private static final double LEVEL = 1000;

  private StraightStart() {}

  /** {@return whether sampling begins so high that a sampler that corrects its steps cannot} */
  static boolean isNeeded(Sigmas sigmas) {
    return sigmas.first() > LEVEL;
  }

  /**
   * Goes straight until levels are no more above the limit, and on with a sampler from there.
   *
   * @return as {@link Sampler#sample}
   */
  static Tensor then(
      Sampler sampler,
      Denoiser denoiser,
      Tensor x,
      Sigmas sigmas,
      NoiseSource noise,
      StepListener listener) {
    int steps = (int) levels(sigmas).filter(i -> sigmas.at(i) > LEVEL).count();
    if (steps >= sigmas.steps()) {
      return new Euler().sample(denoiser, x, sigmas, noise, listener);
    }
    Sigmas high = Sigmas.of(levels(sigmas).limit(steps + 1).mapToDouble(sigmas::at).toArray());
    StepListener ofHigh =
        (step, _, at, denoised) -> listener.stepped(step, sigmas.steps(), at, denoised);
    StepListener ofRest =
        (step, total, at, denoised) -> listener.stepped(steps + step, steps + total, at, denoised);
    try (Scope scope = Scope.open()) {
      Tensor there = new Euler().sample(denoiser, x, high, noise, ofHigh);
      return scope.keep(sampler.sample(denoiser, there, sigmas.from(steps), noise, ofRest));
    }
  }

  private static IntStream levels(Sigmas sigmas) {
    return IntStream.rangeClosed(0, sigmas.steps());
  }
}
