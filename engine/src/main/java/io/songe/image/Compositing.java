package io.songe.image;

/** Laying pixels over a colour, in whole numbers, rounded to nearest. */
final class Compositing {
  private Compositing() {}

  /**
   * Pixels over one colour.
   *
   * @param rgba [pixels, 4], straight coverage; only read
   * @param background a colour that is not wholly transparent
   * @return [pixels, 4], straight coverage
   */
  static byte[] over(byte[] rgba, Colour background) {
    byte[] result = new byte[rgba.length];
    for (int i = 0; i < rgba.length; i += 4) {
      int above = 255 * (rgba[i + 3] & 0xff);
      int below = background.alpha() * (255 - (rgba[i + 3] & 0xff));
      result[i] = mix(rgba[i], above, background.red(), below);
      result[i + 1] = mix(rgba[i + 1], above, background.green(), below);
      result[i + 2] = mix(rgba[i + 2], above, background.blue(), below);
      result[i + 3] = (byte) ((above + below + 127) / 255);
    }
    return result;
  }

  private static byte mix(byte top, int above, int bottom, int below) {
    int weight = above + below;
    return (byte) (((top & 0xff) * above + bottom * below + weight / 2) / weight);
  }
}
