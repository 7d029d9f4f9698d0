package io.songe.image;

import io.songe.error.EngineException;

/**
 * Between a network's float planes and pixels.
 *
 * <p>With a coverage plane, let W be a level of the colour composited on white and A the level of
 * coverage, both rounded to 0..255. The straight colour that gives W over white is {@code 255 -
 * (255 - W) * 255 / A}. It exists only if {@code A >= 255 - W}: a colour cannot be darker on white
 * than its coverage lets it. A network's planes may contradict each other, so
 *
 * <ul>
 *   <li>the coverage is raised to {@code 255 - min(W)} where it is less: what was drawn is shown;
 *   <li>coverage of 1 level or none is residue: the pixel becomes {@link Colour#TRANSPARENT}, which
 *       over white is 255 where W was at least 254;
 *   <li>coverage of 254 levels is taken as opaque, with W as its colour.
 * </ul>
 *
 * <p>So compositing on white gives back W exactly, but for that 1 level of residue. Where coverage
 * is small the colour is uncertain, being a small difference divided by a small number, and its
 * weight in any composite is as small.
 */
final class Planes {
  /** Coverage in levels that no one can see: less than a rounding step of the colours. */
  private static final int RESIDUE = 1;

  private Planes() {}

  /**
   * Pixels of planes.
   *
   * @param planes [3 or 4, height, width], in [-1, 1]
   * @return [height, width, 4]
   */
  static byte[] toPixels(int width, int height, float[] planes) {
    byte[] rgba = new byte[Image.byteCount(width, height)];
    int count = width * height;
    if (planes.length != 3L * count && planes.length != 4L * count) {
      throw new EngineException(
          "a picture of %dx%d has 3 or 4 planes of %d values, got %d values in all"
              .formatted(width, height, count, planes.length));
    }
    boolean covered = planes.length == 4L * count;
    for (int i = 0; i < count; i++) {
      int red = level(planes, i, width, count);
      int green = level(planes, count + i, width, count);
      int blue = level(planes, 2 * count + i, width, count);
      int alpha = covered ? level(planes, 3 * count + i, width, count) : 255;
      alpha = visible(Math.max(alpha, 255 - Math.min(red, Math.min(green, blue))));
      rgba[4 * i] = (byte) withoutWhite(red, alpha);
      rgba[4 * i + 1] = (byte) withoutWhite(green, alpha);
      rgba[4 * i + 2] = (byte) withoutWhite(blue, alpha);
      rgba[4 * i + 3] = (byte) alpha;
    }
    return rgba;
  }

  private static int level(float[] planes, int index, int width, int count) {
    float value = planes[index];
    if (Float.isNaN(value)) {
      int pixel = index % count;
      throw new EngineException(
          ("channel %d of pixel (%d, %d) is not a number: the network overflowed; compute it in"
                  + " float32, and check that its weights are whole")
              .formatted(index / count, pixel % width, pixel / width));
    }
    float unit = Math.clamp(value * 0.5f + 0.5f, 0f, 1f);
    return (int) Math.rint(unit * 255f);
  }

  private static int visible(int alpha) {
    if (alpha <= RESIDUE) {
      return 0;
    }
    return alpha >= 255 - RESIDUE ? 255 : alpha;
  }

  private static int withoutWhite(int composited, int alpha) {
    if (alpha == 0) {
      return 0;
    }
    return 255 - ((255 - composited) * 255 + alpha / 2) / alpha;
  }

  /**
   * Planes of pixels.
   *
   * @param rgba [height, width, 4]; only read
   * @param channels 3 or 4
   * @return [channels, height, width], in [-1, 1]
   */
  static float[] fromPixels(int width, int height, byte[] rgba, int channels) {
    if (channels != 3 && channels != 4) {
      throw new EngineException(
          "a picture has 3 planes, or 4 with its coverage; asked for " + channels);
    }
    int count = width * height;
    float[] planes = new float[Math.multiplyExact(channels, count)];
    for (int i = 0; i < count; i++) {
      int alpha = rgba[4 * i + 3] & 0xff;
      for (int channel = 0; channel < 3; channel++) {
        int onWhite = (rgba[4 * i + channel] & 0xff) * alpha + 255 * (255 - alpha);
        planes[channel * count + i] = unit(onWhite / 255f);
      }
      if (channels == 4) {
        planes[3 * count + i] = unit(alpha);
      }
    }
    return planes;
  }

  private static float unit(float level) {
    return 2f * (level / 255f) - 1f;
  }
}
