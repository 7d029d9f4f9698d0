package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * A sampler that corrects a step by an estimate after it.
 *
 * <p>Near infinity, where zero terminal signal and rectified flows begin, a mistake of that
 * estimate would count in proportion to the step's length in sigma, and ruin the sample. But a
 * sample is noise alone there: nothing bends the way, and {@link Euler} steps are as good. So it
 * goes straight to where a signal can be noticed, and on by its own algorithm.
 */
interface CorrectingSampler extends Sampler {
  /** Below this level a signal can be noticed. */
  double LEVEL = 1000;

  /**
   * Samples by the algorithm itself.
   *
   * @param denoiser as in {@link Sampler#sample}
   * @param x the sample at the first level
   * @param sigmas the levels to visit, the first at most {@link #LEVEL}
   * @param noise as in {@link Sampler#sample}
   * @param listener as in {@link Sampler#sample}
   * @return the sample at the last level
   */
  Tensor correct(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener);

  @Override
  default Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    int straight = (int) levels(sigmas).filter(i -> sigmas.at(i) > LEVEL).count();
    if (straight == 0) {
      return correct(denoiser, x, sigmas, noise, listener);
    }
    if (straight >= sigmas.steps()) {
      return new Euler().sample(denoiser, x, sigmas, noise, listener);
    }
    Sigmas high = Sigmas.of(levels(sigmas).limit(straight + 1).mapToDouble(sigmas::at).toArray());
    StepListener ofHigh =
        (step, _, at, denoised) -> listener.stepped(step, sigmas.steps(), at, denoised);
    StepListener ofRest =
        (step, total, at, denoised) ->
            listener.stepped(straight + step, straight + total, at, denoised);
    try (Scope scope = Scope.open()) {
      Tensor there = new Euler().sample(denoiser, x, high, noise, ofHigh);
      return scope.keep(correct(denoiser, there, sigmas.from(straight), noise, ofRest));
    }
  }

  private static IntStream levels(Sigmas sigmas) {
    return IntStream.rangeClosed(0, sigmas.steps());
  }
}
