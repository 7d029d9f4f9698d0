package io.songe.image;

/** How a picture is brought to a size whose sides have another ratio. A1111's resize modes. */
public enum Fit {
  /** Each side for itself; what is round becomes oval. */
  STRETCH,
  /** As large as it must be to cover the size, cut alike at both ends. */
  CROP,
  /** As large as fits, in the middle; its outermost pixels are smeared over the rest. */
  FILL;

  /**
   * The picture at a size.
   *
   * @param picture of any size
   * @param width wanted, in pixels
   * @param height wanted, in pixels
   * @return the picture; the same where the size is
   * @throws io.songe.error.InvalidRequestException if the size is empty or too large
   */
  public Image apply(Image picture, int width, int height) {
    Image.byteCount(width, height);
    if (this == STRETCH || (picture.width() == width && picture.height() == height)) {
      return picture.resize(width, height, Resampling.LANCZOS3);
    }
    double across = (double) width / picture.width();
    double down = (double) height / picture.height();
    double scale = this == CROP ? Math.max(across, down) : Math.min(across, down);
    int wide = side(picture.width() * scale, width);
    int tall = side(picture.height() * scale, height);
    Image scaled = picture.resize(wide, tall, Resampling.LANCZOS3);
    return this == CROP
        ? scaled.crop((wide - width) / 2, (tall - height) / 2, width, height)
        : framed(scaled, width, height);
  }

  /** Never short of the wanted side where it must cover it, nor beyond it where it must fit. */
  private int side(double exact, int wanted) {
    int rounded = (int) Math.round(exact);
    return this == CROP ? Math.max(rounded, wanted) : Math.clamp(rounded, 1, wanted);
  }

  private static Image framed(Image picture, int width, int height) {
    int left = (width - picture.width()) / 2;
    int top = (height - picture.height()) / 2;
    byte[] from = picture.pixels();
    byte[] rgba = new byte[Image.byteCount(width, height)];
    for (int y = 0; y < height; y++) {
      int row = Math.clamp(y - top, 0, picture.height() - 1) * picture.width();
      for (int x = 0; x < width; x++) {
        int column = Math.clamp(x - left, 0, picture.width() - 1);
        System.arraycopy(from, 4 * (row + column), rgba, 4 * (y * width + x), 4);
      }
    }
    return Image.owning(width, height, rgba);
  }
}
