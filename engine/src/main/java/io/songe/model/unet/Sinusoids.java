package io.songe.model.unet;

import io.songe.model.unet.UNetConfig.Waves;
import io.songe.tensor.Tensor;
import java.util.List;

/**
 * Numbers as vectors of sines and cosines, with frequencies from 1 down to about 1/10000. Vaswani
 * et al. 2017, section 3.5, but with all sines together and all cosines together. In FLOAT32.
 */
final class Sinusoids {
  private static final double LONGEST_PERIOD = 10_000;

  private final int width;
  private final Waves waves;

  /**
   * Vectors of a width.
   *
   * @param width of the vectors, even
   */
  Sinusoids(int width, Waves waves) {
    this.width = width;
    this.waves = waves;
  }

  /** Numbers [n] -> [n, width]. */
  Tensor of(Tensor numbers) {
    int half = width / 2;
    // in the same steps as the reference: an error of 1e-7 in a frequency is 1e-4 in an angle
    Tensor frequencies =
        counting(half).times(-Math.log(LONGEST_PERIOD)).dividedBy(half - waves.shift()).exp();
    Tensor angles = numbers.reshape(-1, 1).times(frequencies);
    return Tensor.concat(
        waves.cosineFirst()
            ? List.of(angles.cos(), angles.sin())
            : List.of(angles.sin(), angles.cos()),
        1);
  }

  private static Tensor counting(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return Tensor.of(numbers);
  }
}
