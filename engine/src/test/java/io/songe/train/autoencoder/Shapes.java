package io.songe.train.autoencoder;

import io.songe.image.Image;
import io.songe.random.Draws;
import java.util.stream.IntStream;

/** Pictures of 32 by 32 pixels: a disc or a square of some colour on nothing. */
final class Shapes {
  static final int SIDE = 32;

  private Shapes() {}

  /** Some to learn from, and eight others to judge by. */
  static Pictures pictures(int training) {
    return new Pictures(
        SIDE,
        IntStream.range(0, training).boxed().toList(),
        IntStream.range(training, training + 8).boxed().toList(),
        Shapes::picture);
  }

  static Image picture(int number) {
    Draws draws = new Draws(number);
    byte[] rgba = new byte[4 * SIDE * SIDE];
    int radius = 6 + draws.below(8, 0, 0);
    boolean disc = draws.uniform(1, 0) < .5;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int dx = 2 * x - SIDE + 1;
        int dy = 2 * y - SIDE + 1;
        boolean inside =
            disc
                ? dx * dx + dy * dy < 4 * radius * radius
                : Math.max(Math.abs(dx), Math.abs(dy)) < 2 * radius;
        if (inside) {
          int i = 4 * (y * SIDE + x);
          rgba[i] = (byte) draws.below(256, 2, 0);
          rgba[i + 1] = (byte) draws.below(256, 3, 0);
          rgba[i + 2] = (byte) draws.below(256, 4, 0);
          rgba[i + 3] = -1;
        }
      }
    }
    return Image.of(SIDE, SIDE, rgba);
  }
}
