package io.songe.cli.terminal;

import io.songe.image.Image;
import java.nio.ByteBuffer;
import java.util.function.IntBinaryOperator;

/** Small pictures, written as numbers 0xAARRGGBB. */
final class Pictures {
  private Pictures() {}

  /** A picture of pixels, row after row. */
  static Image of(int width, int... argb) {
    return drawn(width, argb.length / width, (x, y) -> argb[y * width + x]);
  }

  static Image filled(int width, int height, int argb) {
    return drawn(width, height, (_, _) -> argb);
  }

  /** A picture whose pixels are a function of column and row. */
  static Image drawn(int width, int height, IntBinaryOperator argb) {
    ByteBuffer rgba = ByteBuffer.allocate(4 * width * height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        rgba.putInt(Integer.rotateLeft(argb.applyAsInt(x, y), 8));
      }
    }
    return Image.of(width, height, rgba.array());
  }

  /** A pixel of a picture. */
  static int argb(Image picture, int x, int y) {
    int i = 4 * (y * picture.width() + x);
    return Integer.rotateRight(ByteBuffer.wrap(picture.rgba()).getInt(i), 8);
  }
}
