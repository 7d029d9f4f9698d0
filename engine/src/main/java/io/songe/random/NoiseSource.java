package io.songe.random;

import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;

/**
 * Normally distributed noise for the images of a batch. Image {@code i} of the batch draws from a
 * stream of its own whose seed is the source's plus {@code i}, so that it can be made again alone.
 *
 * <p>A source has a state: each draw goes on where the last one ended. It is not safe for use by
 * several threads.
 */
@FunctionalInterface
public interface NoiseSource {
  /**
   * The next noise of every image.
   *
   * @param shape of the result, {@code [batch, ...]}; image {@code i} is slice {@code i} of it
   * @return independent normal numbers of mean 0 and standard deviation 1, FLOAT32
   */
  Tensor next(Shape shape);

  /**
   * The noise of PyTorch's CPU generator, which diffusers, ComfyUI and Draw Things use.
   *
   * @param seed of the first image; any number
   * @return a source at its beginning
   */
  static NoiseSource torch(long seed) {
    return new TorchNoise(seed);
  }

  /**
   * The noise of CUDA's generator, which A1111 uses unless told otherwise.
   *
   * @param seed of the first image; any number
   * @return a source at its beginning
   */
  static NoiseSource philox(long seed) {
    return new PhiloxNoise(seed);
  }
}
