package io.songe.cli.terminal;

/**
 * A picture at another size: each new pixel is the mean of the pixels that it covers, weighted by
 * their alpha, or the nearest one where the picture grows.
 */
final class ScaledPixels implements Pixels {
  private final int width;
  private final int height;
  private final int[] argb;

  private ScaledPixels(int width, int height, int[] argb) {
    this.width = width;
    this.height = height;
    this.argb = argb;
  }

  static ScaledPixels of(Pixels picture, int width, int height) {
    int[] argb = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        argb[y * width + x] = mean(picture, x, y, width, height);
      }
    }
    return new ScaledPixels(width, height, argb);
  }

  private static int mean(Pixels picture, int x, int y, int width, int height) {
    int left = x * picture.width() / width;
    int right = Math.max(left + 1, (x + 1) * picture.width() / width);
    int top = y * picture.height() / height;
    int bottom = Math.max(top + 1, (y + 1) * picture.height() / height);
    long alpha = 0;
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        int pixel = picture.argb(column, row);
        int weight = pixel >>> 24;
        alpha += weight;
        red += (long) weight * (pixel >> 16 & 255);
        green += (long) weight * (pixel >> 8 & 255);
        blue += (long) weight * (pixel & 255);
      }
    }
    if (alpha == 0) {
      return 0;
    }
    long count = (long) (right - left) * (bottom - top);
    return (int)
        (rounded(alpha, count) << 24
            | rounded(red, alpha) << 16
            | rounded(green, alpha) << 8
            | rounded(blue, alpha));
  }

  private static long rounded(long sum, long count) {
    return (sum + count / 2) / count;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int argb(int x, int y) {
    return argb[y * width + x];
  }
}
