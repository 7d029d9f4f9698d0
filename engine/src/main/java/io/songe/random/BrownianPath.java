package io.songe.random;

import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A Brownian motion over noise levels: a path that is chosen once, of which steps of any length
 * read the parts that they cross. Noise taken from it does not depend on the number of steps, so
 * that more steps give a better drawing of the same picture and not another one.
 *
 * <p>The path is built by halving intervals, as Lévy 1948 did: the middle of an interval is the
 * mean of its ends plus noise, and that noise is a function of the seed and of the place in the
 * tree. Each image's seed is 64 signs of numbers from the source, which no processor's rounding can
 * change. Every interval from a power of two to the next has a tree of its own, so that the path is
 * the same whatever levels a sampler begins and ends at. Below a 65,536th of a level the path is
 * straight. The trees of torchsde, from which k-diffusion draws, are others: for the same seed its
 * pictures differ.
 *
 * <p>Not safe for use by several threads.
 */
public final class BrownianPath {
  private static final int SEED_BITS = Long.SIZE;
  private static final int DEPTH = 16;
  private static final int REMEMBERED = 3;

  private final Shape shape;
  private final long[] seeds;

  /** A step begins where the last one ended: there the path need not be computed again. */
  private final SequencedMap<Double, float[]> recent = new LinkedHashMap<>();

  /**
   * A path.
   *
   * @param source asked once
   * @param shape of the noise, {@code [batch, ...]}; image {@code i} has a path of its own
   */
  public BrownianPath(NoiseSource source, Shape shape) {
    this.shape = shape;
    this.seeds = new long[Math.toIntExact(shape.dim(0))];
    float[] drawn = source.next(Shape.of(seeds.length, SEED_BITS)).toFloats();
    for (int i = 0; i < drawn.length; i++) {
      long bit = drawn[i] > 0 ? 1 : 0;
      seeds[i / SEED_BITS] = seeds[i / SEED_BITS] << 1 | bit;
    }
  }

  /**
   * How far the path goes between two levels, in units of its standard deviation there.
   *
   * @param from a noise level above 0
   * @param to a lesser noise level above 0
   * @return normal numbers of mean 0 and standard deviation 1, of the path's shape; independent of
   *     those between levels that do not overlap with these
   */
  public Tensor between(double from, double to) {
    int upper = Math.getExponent(from);
    int lower = Math.getExponent(to);
    Tensor climbed = within(from).minus(within(to));
    for (int octave = lower; octave < upper; octave++) {
      climbed = climbed.plus(noise(octave, 0).times(Math.sqrt(Math.scalb(1.0, octave))));
    }
    return climbed.dividedBy(Math.sqrt(from - to));
  }

  /** How far the path has come at a level since the power of two below. */
  private Tensor within(double level) {
    float[] known = recent.get(level);
    if (known != null) {
      return Tensor.of(known, shape.toArray());
    }
    Tensor reached = descended(level);
    recent.put(level, reached.toFloats());
    if (recent.size() > REMEMBERED) {
      recent.pollFirstEntry();
    }
    return reached;
  }

  private Tensor descended(double level) {
    int octave = Math.getExponent(level);
    double share = Math.scalb(level, -octave) - 1;
    Tensor right = noise(octave, 0);
    Tensor left = right.times(0);
    double start = 0;
    double width = 1;
    long node = 1;
    for (int depth = 0; depth < DEPTH && start < share; depth++) {
      Tensor middle =
          left.plus(right).times(0.5).plus(noise(octave, node).times(Math.sqrt(width) / 2));
      width /= 2;
      boolean isRight = share >= start + width;
      if (isRight) {
        start += width;
        left = middle;
      } else {
        right = middle;
      }
      node = 2 * node + (isRight ? 1 : 0);
    }
    Tensor reached = left.plus(right.minus(left).times((share - start) / width));
    return reached.times(Math.sqrt(Math.scalb(1.0, octave)));
  }

  /** Independent noise for every place of every tree: node 0 is the whole, 1 the first middle. */
  private Tensor noise(int octave, long node) {
    long[] one = shape.toArray();
    one[0] = 1;
    List<Tensor> images = new ArrayList<>();
    for (long seed : seeds) {
      images.add(NoiseSource.torch(mixed(mixed(seed + octave) + node)).next(Shape.of(one)));
    }
    return Tensor.concat(images, 0);
  }

  /** SplitMix64's scrambling of bits. Steele, Lea and Flood 2014, figure 16. */
  private static long mixed(long bits) {
    long first = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    long second = (first ^ (first >>> 27)) * 0x94D049BB133111EBL;
    return second ^ (second >>> 31);
  }
}
