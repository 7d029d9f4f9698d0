package io.songe.data.compose;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Resampling;
import java.util.Optional;

/**
 * A drawing cut out of its picture: nothing around it is left.
 *
 * @param image the smallest rectangle that holds all of the drawing
 */
record Cutout(Image image) {
  /** Coverage below this is not seen. */
  private static final int SEEN = 12;

  /**
   * Cuts a drawing out.
   *
   * @return the drawing; empty if the picture is
   */
  static Optional<Cutout> of(Image picture) {
    int width = picture.width();
    byte[] rgba = picture.rgba();
    int left = width;
    int right = -1;
    int top = picture.height();
    int bottom = -1;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < width; x++) {
        if ((rgba[4 * (y * width + x) + 3] & 0xff) >= SEEN) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return right < 0
        ? Optional.empty()
        : Optional.of(new Cutout(picture.crop(left, top, right - left + 1, bottom - top + 1)));
  }

  int width() {
    return image.width();
  }

  int height() {
    return image.height();
  }

  /** {@return the drawing as large as it can be within a box, in its proportions} */
  Cutout within(double width, double height) {
    double scale = Math.min(width / image.width(), height / image.height());
    int newWidth = Math.max(1, (int) Math.round(image.width() * scale));
    int newHeight = Math.max(1, (int) Math.round(image.height() * scale));
    return new Cutout(image.resize(newWidth, newHeight, Resampling.BILINEAR));
  }

  /** {@return how much of its rectangle is covered, of one} */
  double covered() {
    byte[] rgba = image.rgba();
    long cover = 0;
    for (int i = 3; i < rgba.length; i += 4) {
      cover += rgba[i] & 0xff;
    }
    return cover / (255.0 * image.width() * image.height());
  }

  /**
   * How much of this drawing another one hides.
   *
   * @param left column of this drawing at which the other one's begins
   * @param top row of this drawing at which the other one's begins
   * @return of one
   */
  double hiddenBy(Cutout other, int left, int top) {
    byte[] own = image.rgba();
    byte[] above = other.image.rgba();
    long all = 1;
    long hidden = 0;
    for (int y = 0; y < height(); y++) {
      for (int x = 0; x < width(); x++) {
        int cover = own[4 * (y * width() + x) + 3] & 0xff;
        all += cover;
        int column = x - left;
        int row = y - top;
        if (column >= 0 && row >= 0 && column < other.width() && row < other.height()) {
          hidden += (long) cover * (above[4 * (row * other.width() + column) + 3] & 0xff) / 255;
        }
      }
    }
    return (double) hidden / all;
  }

  /** {@return a picture as seen in a mirror} */
  static Image mirrored(Image image) {
    byte[] rgba = image.rgba();
    byte[] mirrored = new byte[rgba.length];
    int width = image.width();
    for (int y = 0; y < image.height(); y++) {
      int row = 4 * y * width;
      for (int x = 0; x < width; x++) {
        System.arraycopy(rgba, row + 4 * x, mirrored, row + 4 * (width - 1 - x), 4);
      }
    }
    return Image.of(width, image.height(), mirrored);
  }

  /** {@return the mean colour of what is covered, by coverage; opaque} */
  static Colour mean(Image image) {
    byte[] rgba = image.rgba();
    long red = 0;
    long green = 0;
    long blue = 0;
    long cover = 1;
    for (int i = 0; i < rgba.length; i += 4) {
      int alpha = rgba[i + 3] & 0xff;
      red += (long) alpha * (rgba[i] & 0xff);
      green += (long) alpha * (rgba[i + 1] & 0xff);
      blue += (long) alpha * (rgba[i + 2] & 0xff);
      cover += alpha;
    }
    return Colour.opaque((int) (red / cover), (int) (green / cover), (int) (blue / cover));
  }
}
