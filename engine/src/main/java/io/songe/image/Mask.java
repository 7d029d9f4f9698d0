package io.songe.image;

import io.songe.error.InvalidRequestException;
import java.util.Arrays;

/**
 * Which part of a picture is to be painted anew, and how much: a level from 0 (kept) to 255
 * (painted) for each pixel. Rows run from the top, pixels from the left. Immutable.
 */
public final class Mask {
  /** From this level on a pixel counts as painted where there is no more or less. */
  public static final int HALF = 128;

  private final int width;
  private final int height;
  private final byte[] levels;

  private Mask(int width, int height, byte[] levels) {
    this.width = width;
    this.height = height;
    this.levels = levels;
  }

  /** How a picture is read as a mask. */
  public enum Convention {
    /**
     * What is bright is painted, as in A1111. Of a picture that has transparency the coverage
     * decides instead, so that strokes of any colour on a transparent layer are a mask too.
     */
    BRIGHT,
    /** What is transparent is painted, as in OpenAI's interface. */
    TRANSPARENT
  }

  /**
   * Reads a picture as a mask.
   *
   * @param picture of the size of the picture to be edited
   * @param convention what is painted
   * @return the mask
   */
  public static Mask of(Image picture, Convention convention) {
    boolean byCoverage = convention == Convention.TRANSPARENT || picture.hasTransparency();
    byte[] rgba = picture.pixels();
    byte[] levels = new byte[rgba.length / 4];
    for (int i = 0; i < levels.length; i++) {
      int level = byCoverage ? rgba[4 * i + 3] & 0xff : luma(rgba, 4 * i);
      levels[i] = (byte) (convention == Convention.TRANSPARENT ? 255 - level : level);
    }
    return new Mask(picture.width(), picture.height(), levels);
  }

  /** ITU-R BT.601, as Pillow rounds it. */
  private static int luma(byte[] rgba, int at) {
    int red = rgba[at] & 0xff;
    int green = rgba[at + 1] & 0xff;
    int blue = rgba[at + 2] & 0xff;
    return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
  }

  /**
   * A mask of the given levels.
   *
   * @param width in pixels
   * @param height in pixels
   * @param levels [height, width] as unsigned bytes; copied
   * @return the mask
   */
  public static Mask of(int width, int height, byte[] levels) {
    if (levels.length != Image.byteCount(width, height) / 4) {
      throw new InvalidRequestException(
          "a mask of %dx%d has %d levels, got %d"
              .formatted(width, height, width * height, levels.length));
    }
    return new Mask(width, height, levels.clone());
  }

  /** {@return the width in pixels} */
  public int width() {
    return width;
  }

  /** {@return the height in pixels} */
  public int height() {
    return height;
  }

  /**
   * One pixel's level.
   *
   * @param x column, from 0 at the left
   * @param y row, from 0 at the top
   * @return 0 for kept to 255 for painted
   */
  public int at(int x, int y) {
    return levels[y * width + x] & 0xff;
  }

  /**
   * {@return whether there is a pixel of at least this level}
   *
   * @param least level, 0 to 255
   */
  public boolean reaches(int least) {
    for (byte level : levels) {
      if ((level & 0xff) >= least) {
        return true;
      }
    }
    return false;
  }

  /** {@return the mask that paints what this one keeps} */
  public Mask inverted() {
    byte[] others = new byte[levels.length];
    for (int i = 0; i < levels.length; i++) {
      others[i] = (byte) (255 - (levels[i] & 0xff));
    }
    return new Mask(width, height, others);
  }

  /**
   * This mask with a soft edge: smoothed by a normal distribution, which is cut at 2.5 standard
   * deviations as in A1111. At the border the outermost levels go on.
   *
   * @param deviation in pixels, 0 for the mask as it is
   * @return the smoothed mask
   */
  public Mask blurred(int deviation) {
    if (deviation == 0) {
      return this;
    }
    float[] kernel = kernel(deviation);
    float[] along = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      along[i] = levels[i] & 0xff;
    }
    along = smoothed(along, kernel, width, height, 1, width);
    along = smoothed(along, kernel, height, width, width, 1);
    byte[] soft = new byte[levels.length];
    for (int i = 0; i < soft.length; i++) {
      soft[i] = (byte) Math.round(Math.clamp(along[i], 0, 255));
    }
    return new Mask(width, height, soft);
  }

  private static float[] kernel(int deviation) {
    int reach = (int) (2.5 * deviation + 0.5);
    double[] weights = new double[2 * reach + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double distance = (double) (i - reach) / deviation;
      weights[i] = StrictMath.exp(-distance * distance / 2);
      sum += weights[i];
    }
    float[] kernel = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      kernel[i] = (float) (weights[i] / sum);
    }
    return kernel;
  }

  /** Smooths lines of a length, whose elements lie a stride apart and whose beginnings another. */
  private static float[] smoothed(
      float[] values, float[] kernel, int length, int lines, int stride, int lineStride) {
    float[] result = new float[values.length];
    int reach = kernel.length / 2;
    for (int line = 0; line < lines; line++) {
      int start = line * lineStride;
      for (int position = 0; position < length; position++) {
        float sum = 0;
        for (int i = 0; i < kernel.length; i++) {
          int from = Math.clamp(position + i - reach, 0, length - 1);
          sum += kernel[i] * values[start + from * stride];
        }
        result[start + position * stride] = sum;
      }
    }
    return result;
  }

  /** {@return this mask as an opaque grey picture} */
  public Image toImage() {
    byte[] rgba = new byte[4 * levels.length];
    for (int i = 0; i < levels.length; i++) {
      Arrays.fill(rgba, 4 * i, 4 * i + 3, levels[i]);
      rgba[4 * i + 3] = -1;
    }
    return Image.owning(width, height, rgba);
  }

  /**
   * The smallest rectangle that holds every pixel that is painted at all.
   *
   * @return the rectangle
   * @throws InvalidRequestException if there is no such pixel
   */
  public Rectangle bounds() {
    int left = width;
    int top = height;
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (levels[y * width + x] != 0) {
          left = Math.min(left, x);
          top = Math.min(top, y);
          right = Math.max(right, x + 1);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    if (right == 0) {
      throw new InvalidRequestException("an empty mask has no bounds");
    }
    return new Rectangle(left, top, right - left, bottom - top);
  }

  /**
   * The latents that are painted: each that stands for a pixel whose level is at least {@link
   * #HALF}, so that thin strokes are not lost.
   *
   * @param factor how many pixels of a side one latent stands for; divides both sides
   * @return [height / factor, width / factor], 1 for painted and 0 for kept
   */
  public float[] latents(int factor) {
    int across = width / factor;
    float[] painted = new float[across * (height / factor)];
    for (int i = 0; i < levels.length; i++) {
      if ((levels[i] & 0xff) >= HALF) {
        painted[i / width / factor * across + i % width / factor] = 1;
      }
    }
    return painted;
  }

  /** {@return [height, width], 1 where a pixel is kept and 0 where it is at least half painted} */
  public float[] kept() {
    float[] kept = new float[levels.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = (levels[i] & 0xff) < HALF ? 1 : 0;
    }
    return kept;
  }

  /** The levels themselves, for this package's own loops, which only read them. */
  byte[] levels() {
    return levels;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask mask
        && width == mask.width
        && height == mask.height
        && Arrays.equals(levels, mask.levels);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(levels);
  }

  @Override
  public String toString() {
    return "Mask " + width + "x" + height;
  }
}
