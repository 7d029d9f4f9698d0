package io.songe.train.textimage;

import io.songe.diffusion.Conditioning;
import io.songe.diffusion.NoisePredictor;
import io.songe.tensor.DType;
import io.songe.tensor.Tensor;

/**
 * How far a network's answers are from what they should be: the mean over the batch of {@code w(t)
 * mean((F - answer)^2)}. The weights are divided by their mean over all noise levels, so that
 * weightings can be compared, and a network that answers nothing at first has a loss of about 1.
 */
public final class DenoisingLoss {
  private final Noising noising;
  private final float[] weights = new float[Noising.LEVELS];

  /**
   * A loss.
   *
   * @param noising what the network sees and should answer
   * @param weighting how much each noise level counts
   */
  public DenoisingLoss(Noising noising, SnrWeighting weighting) {
    this.noising = noising;
    double sum = 0;
    double[] raw = new double[Noising.LEVELS];
    for (int level = 0; level < raw.length; level++) {
      raw[level] = weighting.at(noising.sigma(level), noising.prediction());
      sum += raw[level];
    }
    for (int level = 0; level < raw.length; level++) {
      weights[level] = (float) (raw[level] * raw.length / sum);
    }
  }

  /**
   * Squared errors.
   *
   * @param total the loss that is made small, one number
   * @param plain the same without weights, one number
   */
  public record Errors(Tensor total, Tensor plain) {}

  /**
   * Asks a network.
   *
   * @param network that is trained
   * @param clean latents of standard deviation 1, [batch, channels, height, width]
   * @param noise normal, as clean
   * @param levels of each sample, from 0 to {@link Noising#LEVELS} - 1
   * @param given what the network is told of each sample
   * @return how wrong it is
   */
  public Errors of(
      NoisePredictor network, Tensor clean, Tensor noise, int[] levels, Conditioning given) {
    Tensor seen = noising.seen(clean, noise, levels);
    Tensor answer = network.predict(seen, noising.timesteps(levels), given).to(DType.FLOAT32);
    Tensor errors = answer.minus(noising.answer(clean, noise, levels)).square().mean(1, 2, 3);
    float[] counted = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      counted[i] = weights[levels[i]];
    }
    Tensor weighted = errors.times(Tensor.of(counted, levels.length, 1, 1, 1));
    return new Errors(weighted.mean(), errors.mean());
  }
}
