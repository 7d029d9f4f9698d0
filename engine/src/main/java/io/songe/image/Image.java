package io.songe.image;

import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import java.util.Arrays;

/**
 * An immutable picture: red, green, blue and coverage of each pixel, 8 bits each, in the sRGB
 * space, with straight (not premultiplied) coverage. Rows run from the top, pixels from the left.
 * Two pictures are equal if all their pixels are, those under a coverage of 0 included.
 */
public final class Image {
  /** The most pixels a picture can have: their bytes must fit in one array. */
  public static final int MAX_PIXELS = (Integer.MAX_VALUE - 8) / 4;

  private final int width;
  private final int height;
  private final byte[] rgba;

  private Image(int width, int height, byte[] rgba) {
    this.width = width;
    this.height = height;
    this.rgba = rgba;
  }

  /**
   * A picture of the given pixels.
   *
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @param rgba [height, width, 4]: red, green, blue and coverage as unsigned bytes; copied
   * @return the picture
   * @throws InvalidRequestException if the size is empty or has more than {@link #MAX_PIXELS}
   * @throws EngineException if there are not 4 bytes for each pixel
   */
  public static Image of(int width, int height, byte[] rgba) {
    if (rgba.length != byteCount(width, height)) {
      throw new EngineException(
          "a picture of %dx%d has %d bytes, got %d"
              .formatted(width, height, byteCount(width, height), rgba.length));
    }
    return new Image(width, height, rgba.clone());
  }

  /**
   * A picture of one colour.
   *
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @param colour of every pixel
   * @return the picture
   * @throws InvalidRequestException if the size is empty or has more than {@link #MAX_PIXELS}
   */
  public static Image filled(int width, int height, Colour colour) {
    byte[] rgba = new byte[byteCount(width, height)];
    for (int i = 0; i < rgba.length; i += 4) {
      rgba[i] = (byte) colour.red();
      rgba[i + 1] = (byte) colour.green();
      rgba[i + 2] = (byte) colour.blue();
      rgba[i + 3] = (byte) colour.alpha();
    }
    return new Image(width, height, rgba);
  }

  /**
   * The picture that a network has drawn.
   *
   * <p>Three planes are an opaque picture. Each value x becomes the level {@code round(255 *
   * clamp(x / 2 + 1/2, 0, 1))}, halves to even, in 32-bit arithmetic: the bytes that diffusers
   * gives.
   *
   * <p>Four planes are a picture with transparency: its colour composited on white, and its
   * coverage. The white is taken out again, so that compositing the result on white gives back the
   * first three planes, and any other background may be put under it; see {@link Planes} for the
   * treatment of coverage that is almost nothing or that contradicts the colour.
   *
   * @param width in pixels
   * @param height in pixels
   * @param planes [3 or 4, height, width]: red, green, blue and perhaps coverage, in [-1, 1];
   *     values outside are clamped
   * @return the picture
   * @throws EngineException if the number of values fits neither, or a value is not a number
   */
  public static Image fromPlanes(int width, int height, float[] planes) {
    return new Image(width, height, Planes.toPixels(width, height, planes));
  }

  /**
   * The planes that a network takes: the inverse of {@link #fromPlanes}.
   *
   * @param channels 3 for the colour composited on white, 4 for that and the coverage
   * @return [channels, height, width], in [-1, 1]
   * @throws EngineException if channels is neither
   */
  public float[] toPlanes(int channels) {
    return Planes.fromPixels(width, height, rgba, channels);
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
   * One pixel.
   *
   * @param x column, from 0 at the left
   * @param y row, from 0 at the top
   * @return its colour and coverage
   * @throws IndexOutOfBoundsException if the pixel is outside
   */
  public Colour at(int x, int y) {
    if (x < 0 || x >= width || y < 0 || y >= height) {
      throw new IndexOutOfBoundsException(
          "pixel (%d, %d) is outside a picture of %dx%d".formatted(x, y, width, height));
    }
    int i = 4 * (y * width + x);
    return new Colour(rgba[i] & 0xff, rgba[i + 1] & 0xff, rgba[i + 2] & 0xff, rgba[i + 3] & 0xff);
  }

  /** {@return a copy of the pixels, [height, width, 4], red, green, blue and coverage} */
  public byte[] rgba() {
    return rgba.clone();
  }

  /** {@return whether any pixel is not wholly opaque} */
  public boolean hasTransparency() {
    for (int i = 3; i < rgba.length; i += 4) {
      if (rgba[i] != -1) {
        return true;
      }
    }
    return false;
  }

  /**
   * A rectangle cut out of this picture.
   *
   * @param x left column of the rectangle
   * @param y top row of the rectangle
   * @param newWidth of the rectangle, in pixels
   * @param newHeight of the rectangle, in pixels
   * @return the rectangle as a picture
   * @throws InvalidRequestException if the rectangle is empty or not wholly inside
   */
  public Image crop(int x, int y, int newWidth, int newHeight) {
    boolean inside =
        x >= 0
            && y >= 0
            && newWidth > 0
            && newHeight > 0
            && x <= width - newWidth
            && y <= height - newHeight;
    if (!inside) {
      throw new InvalidRequestException(
          "the rectangle %dx%d at (%d, %d) is not inside the picture, which is %dx%d"
              .formatted(newWidth, newHeight, x, y, width, height));
    }
    byte[] cut = new byte[4 * newWidth * newHeight];
    for (int row = 0; row < newHeight; row++) {
      System.arraycopy(rgba, 4 * ((y + row) * width + x), cut, 4 * row * newWidth, 4 * newWidth);
    }
    return new Image(newWidth, newHeight, cut);
  }

  /**
   * This picture at another size. Where it shrinks, all the pixels covered take part (no aliasing),
   * except with {@link Resampling#NEAREST}. Colours weigh by their coverage.
   *
   * @param newWidth in pixels, at least 1
   * @param newHeight in pixels, at least 1
   * @param resampling how new pixels are made of old ones
   * @return the resized picture; this one if the size is the same
   * @throws InvalidRequestException if the size is empty or has more than {@link #MAX_PIXELS}
   */
  public Image resize(int newWidth, int newHeight, Resampling resampling) {
    byteCount(newWidth, newHeight);
    if (newWidth == width && newHeight == height) {
      return this;
    }
    return new Image(
        newWidth, newHeight, Resize.resize(rgba, width, height, newWidth, newHeight, resampling));
  }

  /**
   * This picture laid over a background of one colour (Porter and Duff 1984, "over"). Over {@link
   * Colour#TRANSPARENT} it is unchanged.
   *
   * @param background what shows where the picture is not opaque
   * @return the composite: opaque if the background is
   */
  public Image over(Colour background) {
    if (background.alpha() == 0) {
      return this;
    }
    return new Image(width, height, Compositing.over(rgba, background));
  }

  /** The pixels themselves, for this package's own loops, which only read them. */
  byte[] pixels() {
    return rgba;
  }

  /** A picture that keeps the array it is given; the caller lets go of it. */
  static Image owning(int width, int height, byte[] rgba) {
    return new Image(width, height, rgba);
  }

  /** The number of bytes in a picture of this size, after checking that there can be one. */
  static int byteCount(int width, int height) {
    if (width < 1 || height < 1) {
      throw new InvalidRequestException(
          "a picture is at least 1 pixel wide and high, got %dx%d".formatted(width, height));
    }
    if ((long) width * height > MAX_PIXELS) {
      throw new InvalidRequestException(
          "a picture of %dx%d has more than %d pixels; make it smaller"
              .formatted(width, height, MAX_PIXELS));
    }
    return 4 * width * height;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Image image
        && width == image.width
        && height == image.height
        && Arrays.equals(rgba, image.rgba);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(rgba);
  }

  @Override
  public String toString() {
    return "Image " + width + "x" + height;
  }
}
