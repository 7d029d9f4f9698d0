package io.songe.diffusion;

/**
 * A schedule of whole timesteps, from 0 (least noise) on. Between two of them the logarithm of the
 * noise level is interpolated linearly, so that a network trained on whole timesteps can be asked
 * at any level.
 */
public final class DiscreteSchedule implements NoiseSchedule {
  /**
   * What remains of the signal where the last step should leave none: the least number of half
   * precision. With exactly none the greatest noise level would be infinite.
   */
  private static final float ALMOST_NO_SIGNAL = 0x1p-24f;

  private final double[] sigmas;
  private final double[] logSigmas;

  private DiscreteSchedule(float[] signals) {
    sigmas = new double[signals.length];
    logSigmas = new double[signals.length];
    for (int t = 0; t < signals.length; t++) {
      sigmas[t] = (float) Math.sqrt((1 - signals[t]) / signals[t]);
      logSigmas[t] = Math.log(sigmas[t]);
      if (!(sigmas[t] > (t == 0 ? 0 : sigmas[t - 1]))) {
        throw new IllegalArgumentException(
            "the betas are too small to tell timestep "
                + t
                + " from the one before in single precision: both have sigma "
                + sigmas[t]);
      }
    }
  }

  /**
   * The schedule of a variance preserving process: {@code sigma^2 = (1 - a) / a}, where {@code a}
   * is the product of all {@code 1 - beta} so far. Ho et al. 2020, equation 4.
   *
   * @param betas the variances added step by step
   * @return the schedule
   */
  public static DiscreteSchedule of(Betas betas) {
    return new DiscreteSchedule(signals(betas.toArray()));
  }

  /**
   * The same with the betas rescaled so that the last step leaves (almost) nothing of the signal.
   * Lin et al. 2023, algorithm 1.
   *
   * @param betas the variances added step by step, before they are rescaled
   * @return a schedule whose greatest noise level is about 4096
   */
  public static DiscreteSchedule withZeroTerminalSignal(Betas betas) {
    float[] rescaled = signals(rescaled(betas.toArray()));
    rescaled[rescaled.length - 1] = ALMOST_NO_SIGNAL;
    return new DiscreteSchedule(rescaled);
  }

  /** What remains of the signal's variance after each step, in single precision as in training. */
  private static float[] signals(float[] betas) {
    float[] signals = new float[betas.length];
    double product = 1;
    for (int t = 0; t < betas.length; t++) {
      product *= 1 - betas[t];
      signals[t] = (float) product;
    }
    return signals;
  }

  private static float[] rescaled(float[] betas) {
    float[] roots = signals(betas);
    for (int t = 0; t < roots.length; t++) {
      roots[t] = (float) Math.sqrt(roots[t]);
    }
    float first = roots[0];
    float last = roots[roots.length - 1];
    float stretch = first / (first - last);
    float[] result = new float[betas.length];
    float before = 1;
    for (int t = 0; t < roots.length; t++) {
      float root = (roots[t] - last) * stretch;
      float signal = root * root;
      result[t] = 1 - signal / before;
      before = signal;
    }
    return result;
  }

  /** {@return how many timesteps there are; the last is one less} */
  public int length() {
    return sigmas.length;
  }

  @Override
  public double sigmaMin() {
    return sigmas[0];
  }

  @Override
  public double sigmaMax() {
    return sigmas[sigmas.length - 1];
  }

  @Override
  public double timestep(double sigma) {
    double logSigma = Math.log(sigma);
    int low = 0;
    while (low < sigmas.length - 2 && logSigmas[low + 1] <= logSigma) {
      low++;
    }
    double share = (logSigma - logSigmas[low]) / (logSigmas[low + 1] - logSigmas[low]);
    return low + Math.clamp(share, 0, 1);
  }

  @Override
  public double sigma(double timestep) {
    return Math.exp(interpolated(logSigmas, timestep));
  }

  /**
   * The noise level of a timestep where the level itself is interpolated, not its logarithm. The
   * same at whole timesteps; between them it is what diffusers' Euler and Heun use.
   *
   * @param timestep beyond the range it is taken for the nearest end
   * @return the noise level
   */
  public double straightSigma(double timestep) {
    return interpolated(sigmas, timestep);
  }

  private static double interpolated(double[] table, double timestep) {
    double t = Math.clamp(timestep, 0, table.length - 1);
    int low = Math.min((int) t, table.length - 2);
    double share = t - low;
    return table[low] * (1 - share) + table[low + 1] * share;
  }
}
