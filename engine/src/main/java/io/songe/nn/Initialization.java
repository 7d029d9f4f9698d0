package io.songe.nn;

import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.Random;
import java.util.Set;

/**
 * What a network's tensors begin as. Weights of affine maps and convolutions, and their biases, are
 * uniform within {@code 1 / sqrt(inputs)} of 0 (LeCun et al. 1998, section 4.6, in the form in
 * which reference libraries do it); tables are normal with a deviation of 0.02 (Radford et al.
 * 2018); normalizations begin as the identity.
 *
 * @param seed any number: another beginning for each. A tensor's numbers depend on the seed and its
 *     own name alone
 * @param zero whole names of layers that begin as zeros, such as a network's last
 */
public record Initialization(long seed, Set<String> zero) {
  private static final double TABLE_DEVIATION = 0.02;

  /** An initialization with its set copied. */
  public Initialization {
    zero = Set.copyOf(zero);
  }

  /**
   * The usual beginning.
   *
   * @param seed any number
   * @return an initialization in which no layer is zero
   */
  public static Initialization of(long seed) {
    return new Initialization(seed, Set.of());
  }

  /** What a tensor is for. */
  enum Role {
    WEIGHT,
    BIAS,
    TABLE,
    SCALE,
    SHIFT
  }

  /**
   * A tensor's beginning.
   *
   * @param path whole name
   * @param role what it is for
   * @param shape of it
   * @param inputs how many numbers one output is a sum of; for weights and biases
   */
  Tensor make(String path, Role role, Shape shape, long inputs) {
    if (zero.contains(path.substring(0, Math.max(0, path.lastIndexOf('.'))))) {
      return Tensor.full(0, shape.toArray());
    }
    return switch (role) {
      case SCALE -> Tensor.full(1, shape.toArray());
      case SHIFT -> Tensor.full(0, shape.toArray());
      case TABLE -> random(path, shape, Distribution.NORMAL, TABLE_DEVIATION);
      case WEIGHT, BIAS ->
          random(path, shape, Distribution.UNIFORM, 1 / Math.sqrt((double) inputs));
    };
  }

  private enum Distribution {
    UNIFORM,
    NORMAL
  }

  private Tensor random(String path, Shape shape, Distribution distribution, double scale) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L + path.hashCode());
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      double standard =
          switch (distribution) {
            case UNIFORM -> 2 * random.nextDouble() - 1;
            case NORMAL -> random.nextGaussian();
          };
      values[i] = (float) (standard * scale);
    }
    return Tensor.of(values, shape.toArray());
  }
}
