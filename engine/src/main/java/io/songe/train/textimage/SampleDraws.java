package io.songe.train.textimage;

import io.songe.random.Draws;
import io.songe.random.NoiseSource;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;

/**
 * Everything that is left to chance in a step, as functions of a seed and the step's number alone:
 * a run that is gone on with makes the very steps that an uninterrupted one would have made, and
 * another program can make the same ones.
 *
 * <p>With {@code D} for {@link Draws} of the seed, {@code b} for samples in a step and {@code n}
 * for samples in all, sample {@code k} of step {@code s} is draw {@code i = s b + k}, and
 *
 * <ul>
 *   <li>it is the sample at place {@code i mod n} of the order {@code D.in(1).order(n, i / n)}, so
 *       that every sample is looked at once before any is again;
 *   <li>its noise level is {@code D.below(levels, 2, i)};
 *   <li>its caption is {@code D.below(captions, 3, i)};
 *   <li>the caption is left out if {@code D.uniform(4, i)} is below the part that is;
 *   <li>its noise is {@link NoiseSource#torch} of the seed {@code D.below(2^31 - 1, 5, s) + k}: the
 *       first numbers of PyTorch's CPU generator for that seed.
 * </ul>
 *
 * <p>Remembers the order of one epoch, and is for one thread.
 */
public final class SampleDraws {
  private static final long ORDER = 1;
  private static final long LEVEL = 2;
  private static final long CAPTION = 3;
  private static final long DROPOUT = 4;
  private static final long NOISE = 5;

  private final Draws draws;
  private final int samples;
  private final int batch;

  /** The order of the epoch that was asked for last. */
  private int[] order = {};

  private long orderOf = -1;

  /**
   * The chances of a run.
   *
   * @param seed any number
   * @param samples how many there are, at least 1
   * @param batch how many a step looks at, at least 1
   */
  public SampleDraws(long seed, int samples, int batch) {
    draws = new Draws(seed);
    this.samples = samples;
    this.batch = batch;
  }

  /**
   * The part of a step's samples that is looked at at once.
   *
   * @param step from 0
   * @param first of the samples, from 0
   * @param count how many
   */
  public record Part(long step, int first, int count) {
    /**
     * One of equal parts of a step.
     *
     * @param step from 0
     * @param part from 0
     * @param parts how many; divides the batch
     * @param batch samples in the step
     * @return the part
     */
    static Part of(long step, int part, int parts, int batch) {
      int count = batch / parts;
      return new Part(step, part * count, count);
    }
  }

  private long draw(Part part, int k) {
    return part.step * batch + part.first + k;
  }

  /**
   * {@return which samples are looked at}
   *
   * @param part of a step
   */
  public int[] samples(Part part) {
    int[] chosen = new int[part.count];
    for (int k = 0; k < chosen.length; k++) {
      long draw = draw(part, k);
      chosen[k] = order(draw / samples)[(int) (draw % samples)];
    }
    return chosen;
  }

  private int[] order(long epoch) {
    if (epoch != orderOf) {
      order = draws.in(ORDER).order(samples, epoch);
      orderOf = epoch;
    }
    return order;
  }

  /**
   * {@return how noisy each sample is made, from 0 to {@link Noising#LEVELS} - 1}
   *
   * @param part of a step
   */
  public int[] levels(Part part) {
    return below(Noising.LEVELS, LEVEL, part);
  }

  /**
   * {@return which of its captions each sample is given}
   *
   * @param part of a step
   * @param captions how many each has
   */
  public int[] captions(Part part, int captions) {
    return below(captions, CAPTION, part);
  }

  private int[] below(int bound, long purpose, Part part) {
    int[] drawn = new int[part.count];
    for (int k = 0; k < drawn.length; k++) {
      drawn[k] = draws.below(bound, purpose, draw(part, k));
    }
    return drawn;
  }

  /**
   * {@return whose captions are left out}
   *
   * @param part of a step
   * @param dropout how many of all, from 0 to 1
   */
  public boolean[] leftOut(Part part, double dropout) {
    boolean[] left = new boolean[part.count];
    for (int k = 0; k < left.length; k++) {
      left[k] = draws.uniform(DROPOUT, draw(part, k)) < dropout;
    }
    return left;
  }

  /**
   * The noise that is added.
   *
   * @param part of a step
   * @param sample shape of one sample, {@code [channels, height, width]}
   * @return [count, channels, height, width]
   */
  public Tensor noise(Part part, Shape sample) {
    long seed = draws.below(Integer.MAX_VALUE, NOISE, part.step) + (long) part.first;
    return NoiseSource.torch(seed)
        .next(Shape.of(part.count, sample.dim(0), sample.dim(1), sample.dim(2)));
  }
}
