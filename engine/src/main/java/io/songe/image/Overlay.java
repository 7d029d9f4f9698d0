package io.songe.image;

import io.songe.error.EngineException;

/** Laying a picture over another through a mask. */
public final class Overlay {
  private static final int CHANNELS = 4;

  private Overlay() {}

  /**
   * The picture below where the mask is 0, to the last bit; the one above where it is 255; a
   * mixture between. Colours weigh by their coverage.
   *
   * @param below kept where the mask says so
   * @param above of the same size
   * @param mask of the same size
   * @return the mixture
   */
  public static Image through(Mask mask, Image above, Image below) {
    int width = below.width();
    int height = below.height();
    if (above.width() != width
        || above.height() != height
        || mask.width() != width
        || mask.height() != height) {
      throw new EngineException(
          "pictures and mask must have one size, got " + above + ", " + below + " and " + mask);
    }
    byte[] rgba = below.rgba();
    byte[] over = above.pixels();
    byte[] levels = mask.levels();
    for (int i = 0; i < levels.length; i++) {
      int level = levels[i] & 0xff;
      if (level == 255) {
        System.arraycopy(over, CHANNELS * i, rgba, CHANNELS * i, CHANNELS);
      } else if (level > 0) {
        mix(rgba, over, CHANNELS * i, level);
      }
    }
    return Image.owning(width, height, rgba);
  }

  private static void mix(byte[] rgba, byte[] over, int at, int level) {
    int above = level * (over[at + 3] & 0xff);
    int below = (255 - level) * (rgba[at + 3] & 0xff);
    int weight = above + below;
    for (int channel = 0; channel < 3 && weight > 0; channel++) {
      int sum = above * (over[at + channel] & 0xff) + below * (rgba[at + channel] & 0xff);
      rgba[at + channel] = (byte) ((sum + weight / 2) / weight);
    }
    rgba[at + 3] = (byte) ((weight + 127) / 255);
  }

  /**
   * A picture with another laid into a part of it through a mask.
   *
   * @param whole the picture
   * @param part of the size of {@code place}
   * @param place where the part lies, inside the picture
   * @param mask of the size of the whole picture
   * @return the picture, changed only inside the place and only where the mask is above 0
   */
  public static Image into(Image whole, Image part, Rectangle place, Mask mask) {
    byte[] rgba = whole.rgba();
    byte[] from = part.pixels();
    for (int y = 0; y < place.height(); y++) {
      System.arraycopy(
          from,
          CHANNELS * y * place.width(),
          rgba,
          CHANNELS * ((place.y() + y) * whole.width() + place.x()),
          CHANNELS * place.width());
    }
    return through(mask, Image.owning(whole.width(), whole.height(), rgba), whole);
  }
}
