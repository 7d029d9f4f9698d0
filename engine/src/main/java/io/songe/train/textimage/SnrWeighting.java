package io.songe.train.textimage;

import io.songe.diffusion.Prediction;

/**
 * How much an error counts at a noise level. Easy levels, where little noise is to be removed,
 * would otherwise drown the hard ones.
 */
public sealed interface SnrWeighting {
  /**
   * The weight of the squared error of the network's own output.
   *
   * @param sigma the noise level, above 0
   * @param prediction what the output means
   * @return the weight, at least 0
   */
  double at(double sigma, Prediction prediction);

  /** Every level counts the same. Ho et al. 2020, equation 14. */
  record Even() implements SnrWeighting {
    @Override
    public double at(double sigma, Prediction prediction) {
      return 1;
    }
  }

  /**
   * The error of the estimated sample counts as much as there is signal, but no more than a cap:
   * {@code min(snr, cap)} with {@code snr = 1 / sigma^2}. Hang et al. 2023, equation 8 and section
   * 3.4. An error of the output is {@code out} times as large in the estimate ({@link
   * Prediction.Scalings}), so that for a network that predicts the velocity the weight becomes
   * {@code min(snr, cap) / (snr + 1)}, and for one that predicts the noise {@code min(snr, cap) /
   * snr}.
   *
   * @param cap above 0; 5 in the paper
   */
  record Capped(double cap) implements SnrWeighting {
    /**
     * Checked.
     *
     * @throws IllegalArgumentException if the cap is not above 0
     */
    public Capped {
      if (!(cap > 0)) {
        throw new IllegalArgumentException(
            "the cap of the signal-to-noise ratio is above 0, got " + cap + "; 5 is usual");
      }
    }

    @Override
    public double at(double sigma, Prediction prediction) {
      double out = prediction.at(sigma).out();
      return Math.min(1 / (sigma * sigma), cap) * out * out;
    }
  }
}
