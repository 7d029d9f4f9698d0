package io.songe.data.compose;

import io.songe.image.Colour;
import io.songe.image.Image;

/** A square on which cutouts are laid, one after the other. */
final class Canvas {
  private final int side;
  private final byte[] rgba;

  /** A transparent canvas. */
  Canvas(int side) {
    this.side = side;
    this.rgba = new byte[4 * side * side];
  }

  int side() {
    return side;
  }

  /** Fills all with a ground, opaque. */
  void fill(Ground ground) {
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        fill(4 * (y * side + x), ground, x, y);
      }
    }
  }

  /** One pixel as the mean of four points in it, so that edges are smooth. */
  private void fill(int at, Ground ground, int x, int y) {
    int red = 2;
    int green = 2;
    int blue = 2;
    for (int point = 0; point < 4; point++) {
      Colour colour =
          ground.at((x + 0.25 + 0.5 * (point & 1)) / side, (y + 0.25 + 0.5 * (point >> 1)) / side);
      red += colour.red();
      green += colour.green();
      blue += colour.blue();
    }
    rgba[at] = (byte) (red / 4);
    rgba[at + 1] = (byte) (green / 4);
    rgba[at + 2] = (byte) (blue / 4);
    rgba[at + 3] = (byte) 255;
  }

  /** Lays a cutout wholly within the canvas over what is there (Porter and Duff 1984, "over"). */
  void lay(Cutout cutout, int left, int top) {
    byte[] over = cutout.image().rgba();
    for (int y = 0; y < cutout.height(); y++) {
      int from = 4 * y * cutout.width();
      int to = 4 * ((top + y) * side + left);
      for (int x = 0; x < cutout.width(); x++, from += 4, to += 4) {
        over(over, from, to);
      }
    }
  }

  private void over(byte[] over, int from, int to) {
    int above = 255 * (over[from + 3] & 0xff);
    int below = (rgba[to + 3] & 0xff) * (255 - (over[from + 3] & 0xff));
    int cover = above + below;
    if (cover == 0) {
      return;
    }
    for (int channel = 0; channel < 3; channel++) {
      int sum = (over[from + channel] & 0xff) * above + (rgba[to + channel] & 0xff) * below;
      rgba[to + channel] = (byte) ((sum + cover / 2) / cover);
    }
    rgba[to + 3] = (byte) ((cover + 127) / 255);
  }

  Image image() {
    return Image.of(side, side, rgba);
  }
}
