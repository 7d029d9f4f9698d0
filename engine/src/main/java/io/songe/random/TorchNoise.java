package io.songe.random;

import io.songe.tensor.NormalGenerator;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The noise that diffusers draws with a list of PyTorch's CPU generators seeded {@code seed},
 * {@code seed + 1} and so on: each draws {@code [1, ...]} for its image.
 */
final class TorchNoise implements NoiseSource {
  private final long seed;
  private final List<NormalGenerator> generators = new ArrayList<>();

  TorchNoise(long seed) {
    this.seed = seed;
  }

  @Override
  public Tensor next(Shape shape) {
    long[] one = shape.toArray();
    int batch = Math.toIntExact(one[0]);
    one[0] = 1;
    List<Tensor> images = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      if (i == generators.size()) {
        generators.add(new NormalGenerator(seed + i));
      }
      images.add(generators.get(i).next(Shape.of(one)));
    }
    return Tensor.concat(images, 0);
  }
}
