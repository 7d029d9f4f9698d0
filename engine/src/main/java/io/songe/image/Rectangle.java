package io.songe.image;

/**
 * A part of a picture.
 *
 * @param x left column
 * @param y top row
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record Rectangle(int x, int y, int width, int height) {
  /**
   * This rectangle with so many pixels more on every side, as far as a picture goes.
   *
   * @param padding in pixels
   * @param pictureWidth in pixels
   * @param pictureHeight in pixels
   * @return the larger rectangle
   */
  public Rectangle grown(int padding, int pictureWidth, int pictureHeight) {
    int left = (int) Math.max(0, x - (long) padding);
    int top = (int) Math.max(0, y - (long) padding);
    int right = (int) Math.min(pictureWidth, x + width + (long) padding);
    int bottom = (int) Math.min(pictureHeight, y + height + (long) padding);
    return new Rectangle(left, top, right - left, bottom - top);
  }

  /**
   * This rectangle made wider or higher, to both sides alike, until its sides have a ratio; less
   * where the picture ends.
   *
   * @param across of the ratio
   * @param down of the ratio
   * @param pictureWidth in pixels
   * @param pictureHeight in pixels
   * @return the larger rectangle
   */
  public Rectangle towardsRatio(int across, int down, int pictureWidth, int pictureHeight) {
    if ((long) width * down < (long) height * across) {
      int wide = (int) Math.min(pictureWidth, Math.round((double) height * across / down));
      int left = Math.clamp(x - (wide - width) / 2, 0, pictureWidth - wide);
      return new Rectangle(left, y, wide, height);
    }
    int tall = (int) Math.min(pictureHeight, Math.round((double) width * down / across));
    int top = Math.clamp(y - (tall - height) / 2, 0, pictureHeight - tall);
    return new Rectangle(x, top, width, tall);
  }
}
