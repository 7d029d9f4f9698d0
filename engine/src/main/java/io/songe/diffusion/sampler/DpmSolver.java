package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.tensor.Tensor;

/**
 * One step of DPM-Solver, singlestep. Lu et al. 2022, "DPM-Solver": equation 3.7 and algorithms 1
 * and 2 of its appendix B, with samples divided by the paper's alpha. h is the length of the step
 * in {@code lambda = -log sigma}, e the predicted noise, {@code (x - D(x; sigma)) / sigma}; a level
 * lies at a share r of the way when its logarithm does.
 */
final class DpmSolver {
  private final Denoiser denoiser;
  private final Tensor x;
  private final double sigma;
  private final double next;
  private final Tensor denoised;
  private final Tensor e;

  /**
   * A step, of which the first estimate is made.
   *
   * @param denoiser asked once here, and once more for every order above the first
   * @param x the sample where the step starts
   * @param sigma the level there
   * @param next the level where it ends, above 0
   */
  DpmSolver(Denoiser denoiser, Tensor x, double sigma, double next) {
    this.denoiser = denoiser;
    this.x = x;
    this.sigma = sigma;
    this.next = next;
    this.denoised = denoiser.denoise(x, sigma);
    this.e = x.minus(denoised).dividedBy(sigma);
  }

  /**
   * Two solutions from the same estimates, whose difference tells the error of the lower.
   *
   * @param low of second order
   * @param high of third order
   */
  record Pair(Tensor low, Tensor high) {}

  /** {@return the estimate of the clean sample that the step starts with} */
  Tensor denoised() {
    return denoised;
  }

  /** Equation 3.7. */
  Tensor firstOrder() {
    return straight(next);
  }

  /** Algorithm 1, r1 = 1/2. */
  Tensor secondOrder() {
    return secondOrder(1.0 / 2, changeAt(1.0 / 2, straight(at(1.0 / 2))));
  }

  /** Algorithm 2, r1 = 1/3 and r2 = 2/3, and algorithm 1 with the same r1. */
  Pair thirdOrder() {
    double r1 = 1.0 / 3;
    double r2 = 2.0 / 3;
    Tensor change1 = changeAt(r1, straight(at(r1)));
    double u2 = at(r2);
    Tensor x2 = straight(u2).minus(change1.times(u2 * (r2 / r1) * bend(r2)));
    Tensor change2 = changeAt(r2, x2);
    Tensor high = straight(next).minus(change2.times(next / r2 * bend(1)));
    return new Pair(secondOrder(r1, change1), high);
  }

  private Tensor secondOrder(double r1, Tensor change) {
    return straight(next).minus(change.times((sigma - next) / (2 * r1)));
  }

  /** The level at a share of the way. */
  private double at(double r) {
    return sigma * Math.pow(next / sigma, r);
  }

  /** Where the noise predicted at the start leads. */
  private Tensor straight(double level) {
    return x.minus(e.times(sigma - level));
  }

  /** By how much the predicted noise differs at a share of the way. */
  private Tensor changeAt(double r, Tensor there) {
    double level = at(r);
    return there.minus(denoiser.denoise(there, level)).dividedBy(level).minus(e);
  }

  /** {@code (exp(rh) - 1) / rh - 1}. */
  private double bend(double r) {
    double rh = r * Math.log(sigma / next);
    return Math.expm1(rh) / rh - 1;
  }
}
