package io.songe.train.textimage;

import io.songe.diffusion.NoiseSchedule;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.Prediction.Scalings;
import io.songe.diffusion.SchedulerConfig;
import io.songe.tensor.Tensor;

/**
 * What a network sees of a clean latent and what it should answer, level by level. Both are
 * mixtures of the latent {@code x0} and noise {@code e}, and follow from what the answer means
 * (Karras et al. 2022, equation 7): the network sees {@code in (x0 + sigma e)}, and answers that of
 * which {@code skip x + out F} is {@code x0}. That is
 *
 * <ul>
 *   <li>{@code x = a x0 + s e} with {@code a^2 + s^2 = 1} where the process keeps the variance (Ho
 *       et al. 2020, equation 4), and the answer is {@code e}, or the velocity {@code a e - s x0}
 *       (Salimans and Ho 2022, appendix D);
 *   <li>{@code x = (1 - s) x0 + s e} in a rectified flow, and the answer is {@code e - x0} (Liu,
 *       Gong and Liu 2022, equation 1).
 * </ul>
 *
 * Levels are numbered from 0, the least noise. The network is told timestep {@code level}, and in a
 * flow {@code level + 1}, of which 1000 is noise alone.
 */
public final class Noising {
  /** In all published schedules. */
  public static final int LEVELS = 1000;

  private final Prediction prediction;
  private final NoiseSchedule schedule;
  private final int firstTimestep;
  private final float[] signalSeen = new float[LEVELS];
  private final float[] noiseSeen = new float[LEVELS];
  private final float[] signalAnswered = new float[LEVELS];
  private final float[] noiseAnswered = new float[LEVELS];

  /**
   * The mixtures of a schedule.
   *
   * @param scheduler says the noise levels, of which there are {@link #LEVELS}, and what the answer
   *     means
   */
  public Noising(SchedulerConfig scheduler) {
    prediction = scheduler.prediction();
    schedule = scheduler.noiseSchedule();
    firstTimestep = scheduler.isFlow() ? 1 : 0;
    for (int level = 0; level < LEVELS; level++) {
      double sigma = sigma(level);
      Scalings scalings = prediction.at(sigma);
      signalSeen[level] = (float) scalings.in();
      noiseSeen[level] = (float) (scalings.in() * sigma);
      signalAnswered[level] = (float) ((1 - scalings.skip()) / scalings.out());
      noiseAnswered[level] = (float) (-scalings.skip() * sigma / scalings.out());
    }
  }

  /** {@return what the network's answer means} */
  public Prediction prediction() {
    return prediction;
  }

  /**
   * {@return the noise level in units of the latent}
   *
   * @param level from 0 to {@link #LEVELS} - 1
   */
  public double sigma(int level) {
    return schedule.sigma(firstTimestep + level);
  }

  /**
   * What the network is told.
   *
   * @param levels of each sample
   * @return timesteps, [batch]
   */
  public Tensor timesteps(int[] levels) {
    float[] timesteps = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      timesteps[i] = firstTimestep + levels[i];
    }
    return Tensor.of(timesteps);
  }

  /**
   * What the network sees.
   *
   * @param clean latents, [batch, channels, height, width]
   * @param noise normal, as clean
   * @param levels of each sample
   * @return as clean
   */
  public Tensor seen(Tensor clean, Tensor noise, int[] levels) {
    return mixture(clean, signalSeen, noise, noiseSeen, levels);
  }

  /**
   * What the network should answer.
   *
   * @param clean latents, [batch, channels, height, width]
   * @param noise normal, as clean
   * @param levels of each sample
   * @return as clean
   */
  public Tensor answer(Tensor clean, Tensor noise, int[] levels) {
    return mixture(clean, signalAnswered, noise, noiseAnswered, levels);
  }

  private static Tensor mixture(
      Tensor clean, float[] ofClean, Tensor noise, float[] ofNoise, int[] levels) {
    return clean.times(each(ofClean, levels)).plus(noise.times(each(ofNoise, levels)));
  }

  /** [batch, 1, 1, 1]. */
  private static Tensor each(float[] byLevel, int[] levels) {
    float[] values = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      values[i] = byLevel[levels[i]];
    }
    return Tensor.of(values, levels.length, 1, 1, 1);
  }
}
