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
 * for samples in all, sample {@code k} of step {@code s} is draw {@code i = s b + k}. With {@code
 * m} looks at each, it is look {@code j = i mod m} of visit {@code v = i / m}, and
 *
 * <ul>
 *   <li>it is the sample at place {@code v mod n} of the order {@code D.in(1).order(n, v / n)}, so
 *       that every sample is visited once before any is again;
 *   <li>its noise level is that below which the part {@code (j + D.uniform(2, i)) / m} of all draws
 *       is ({@link LevelDensity}): the looks of a visit are spread over the levels;
 *   <li>its caption is {@code D.below(captions, 3, v)};
 *   <li>the caption is left out if {@code D.uniform(4, v)} is below the part that is;
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
  private final int looks;
  private final LevelDensity.Quantiles levels;

  /** The order of the epoch that was asked for last. */
  private int[] order = {};

  private long orderOf = -1;

  /**
   * The chances of a run.
   *
   * @param seed any number
   * @param samples how many there are, at least 1
   * @param batch how many a step looks at, at least 1
   * @param looks samples of a step that are the same but for noise and level; divides the batch
   * @param levels how often each noise level is looked at
   */
  public SampleDraws(long seed, int samples, int batch, int looks, LevelDensity levels) {
    draws = new Draws(seed);
    this.samples = samples;
    this.batch = batch;
    this.looks = looks;
    this.levels = levels.quantiles();
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

  private long visit(Part part, int k) {
    return draw(part, k) / looks;
  }

  /**
   * {@return which samples are looked at}
   *
   * @param part of a step
   */
  public int[] samples(Part part) {
    int[] chosen = new int[part.count];
    for (int k = 0; k < chosen.length; k++) {
      long visit = visit(part, k);
      chosen[k] = order(visit / samples)[(int) (visit % samples)];
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
    int[] drawn = new int[part.count];
    for (int k = 0; k < drawn.length; k++) {
      long draw = draw(part, k);
      drawn[k] = levels.level((draw % looks + draws.uniform(LEVEL, draw)) / looks);
    }
    return drawn;
  }

  /**
   * {@return which of its captions each sample is given}
   *
   * @param part of a step
   * @param captions how many each has
   */
  public int[] captions(Part part, int captions) {
    int[] drawn = new int[part.count];
    for (int k = 0; k < drawn.length; k++) {
      drawn[k] = draws.below(captions, CAPTION, visit(part, k));
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
      left[k] = draws.uniform(DROPOUT, visit(part, k)) < dropout;
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
