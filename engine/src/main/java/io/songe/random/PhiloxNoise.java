package io.songe.random;

import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The noise of CUDA's generator: element {@code n} of an image's draw number {@code d} comes from
 * {@link Philox} at counter {@code (d, 0, n, 0)} through the Box-Muller transform. Box and Muller
 * 1958, of whose two numbers the sine's is taken.
 */
final class PhiloxNoise implements NoiseSource {
  /** 2 to the power of -32 as CUDA has it, in single precision. */
  private static final double INTERVAL = 2.3283064e-10f;

  private static final double CIRCLE = INTERVAL * (float) (2 * Math.PI);

  private final long seed;
  private final List<Integer> draws = new ArrayList<>();

  PhiloxNoise(long seed) {
    this.seed = seed;
  }

  @Override
  public Tensor next(Shape shape) {
    int batch = Math.toIntExact(shape.dim(0));
    int elements = Math.toIntExact(shape.elements()) / Math.max(1, batch);
    float[] values = new float[batch * elements];
    for (int i = 0; i < batch; i++) {
      if (i == draws.size()) {
        draws.add(0);
      }
      int draw = draws.get(i);
      for (int n = 0; n < elements; n++) {
        values[i * elements + n] = normal(Philox.block(draw, 0, n, 0, seed + i));
      }
      draws.set(i, draw + 1);
    }
    return Tensor.of(values, shape.toArray());
  }

  private static float normal(int[] block) {
    double u = Integer.toUnsignedLong(block[0]) * INTERVAL + INTERVAL / 2;
    double angle = Integer.toUnsignedLong(block[1]) * CIRCLE + CIRCLE / 2;
    return (float) (Math.sqrt(-2 * Math.log(u)) * Math.sin(angle));
  }
}
