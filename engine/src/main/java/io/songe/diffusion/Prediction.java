package io.songe.diffusion;

import io.songe.tensor.Tensor;

/**
 * What a network's output means, as the three factors that turn it into an estimate of the clean
 * sample: {@code D(x; sigma) = skip x + out F(in x)}. Karras et al. 2022, equation 7.
 */
public sealed interface Prediction {
  /**
   * The factors at a noise level.
   *
   * @param sigma the noise level, above 0
   * @return the factors
   */
  Scalings at(double sigma);

  /**
   * What the network must have said for an estimate: the inverse of {@link #at}.
   *
   * @param x the noisy sample
   * @param denoised the estimate, as x
   * @param sigma the noise level, above 0
   * @return the network's output, as x
   */
  default Tensor output(Tensor x, Tensor denoised, double sigma) {
    Scalings scalings = at(sigma);
    return denoised.minus(x.times(scalings.skip())).dividedBy(scalings.out());
  }

  /** The network predicts the noise. Karras et al. 2022, table 1, columns VP and iDDPM. */
  record Epsilon() implements Prediction {
    @Override
    public Scalings at(double sigma) {
      return new Scalings(1, -sigma, 1 / Math.sqrt(sigma * sigma + 1));
    }
  }

  /** The network predicts the velocity v. Salimans and Ho 2022, appendix D. */
  record Velocity() implements Prediction {
    @Override
    public Scalings at(double sigma) {
      double norm = Math.sqrt(sigma * sigma + 1);
      return new Scalings(1 / (norm * norm), -sigma / norm, 1 / norm);
    }
  }

  /** The network predicts the clean sample itself. */
  record Sample() implements Prediction {
    @Override
    public Scalings at(double sigma) {
      return new Scalings(0, 1, 1 / Math.sqrt(sigma * sigma + 1));
    }
  }

  /**
   * The network predicts the velocity of a rectified flow, noise minus clean sample. Liu, Gong and
   * Liu 2022, equation 1, in the scale of {@link FlowSchedule}.
   */
  record Flow() implements Prediction {
    @Override
    public Scalings at(double sigma) {
      double clean = 1 / (1 + sigma);
      return new Scalings(clean, -sigma * clean, clean);
    }
  }

  /**
   * Factors of a {@link Prediction} at one noise level.
   *
   * @param skip of the noisy sample in the estimate
   * @param out of the network's output in the estimate
   * @param in of the noisy sample as it enters the network
   */
  record Scalings(double skip, double out, double in) {}
}
