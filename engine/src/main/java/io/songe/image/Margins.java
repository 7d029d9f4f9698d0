package io.songe.image;

import io.songe.error.InvalidRequestException;

/**
 * Room that is added around a picture, in pixels.
 *
 * @param left of it
 * @param right of it
 * @param top above it
 * @param bottom below it
 */
public record Margins(int left, int right, int top, int bottom) {
  /** So far beside its edge, in pixels, a picture is still seen in its mirror. */
  private static final int MIRRORED = 32;

  /** Over so many pixels the colours of the edge are smoothed beside the mirror. */
  private static final int FAR = 8;

  /** Over so many pixels they are smoothed as far away and further. */
  private static final int FARTHER = 32;

  /**
   * Checks the sides.
   *
   * @throws InvalidRequestException if one is negative, or all are 0
   */
  public Margins {
    if (left < 0 || right < 0 || top < 0 || bottom < 0) {
      throw new InvalidRequestException(
          "a picture is extended by 0 pixels or more, got %d left, %d right, %d above, %d below"
              .formatted(left, right, top, bottom));
    }
    if ((long) left + right + top + bottom == 0) {
      throw new InvalidRequestException(
          "a picture is extended on at least one side, got 0 pixels on all");
    }
  }

  /**
   * {@return the width of the whole}
   *
   * @param pictureWidth in pixels
   */
  public int width(int pictureWidth) {
    return (int) Math.min(Integer.MAX_VALUE, (long) pictureWidth + left + right);
  }

  /**
   * {@return the height of the whole}
   *
   * @param pictureHeight in pixels
   */
  public int height(int pictureHeight) {
    return (int) Math.min(Integer.MAX_VALUE, (long) pictureHeight + top + bottom);
  }

  /**
   * The picture with the room around it, which is filled for a start: mirrored at the edge, further
   * out the colours of the edge go on, the smoother the further. So a horizon goes on, and nothing
   * is seen twice.
   *
   * @param picture to be extended
   * @return the larger picture, in which the picture lies unchanged
   * @throws InvalidRequestException if it would be too large
   */
  public Image around(Image picture) {
    Image far = extended(picture, Math::clamp);
    Image farther = smoothed(far, FARTHER);
    Image filled = Overlay.through(distance(picture, FARTHER), farther, smoothed(far, FAR));
    return Overlay.through(
        distance(picture, MIRRORED), filled, extended(picture, Margins::mirrored));
  }

  private static Image smoothed(Image picture, int side) {
    return picture
        .resize(
            Math.max(1, picture.width() / side),
            Math.max(1, picture.height() / side),
            Resampling.BILINEAR)
        .resize(picture.width(), picture.height(), Resampling.BICUBIC);
  }

  /** Which position of a side stands at one outside of it. */
  private interface Continuation {
    int position(int outside, int first, int last);
  }

  private Image extended(Image picture, Continuation beyond) {
    int width = width(picture.width());
    int height = height(picture.height());
    byte[] rgba = new byte[Image.byteCount(width, height)];
    byte[] from = picture.pixels();
    for (int y = 0; y < height; y++) {
      int row = beyond.position(y - top, 0, picture.height() - 1);
      for (int x = 0; x < width; x++) {
        int column = beyond.position(x - left, 0, picture.width() - 1);
        int at = row * picture.width() + column;
        System.arraycopy(from, 4 * at, rgba, 4 * (y * width + x), 4);
      }
    }
    return Image.owning(width, height, rgba);
  }

  /** How far each pixel is outside of the picture: 255 from a number of pixels on. */
  private Mask distance(Image picture, int farthest) {
    int width = width(picture.width());
    int height = height(picture.height());
    byte[] levels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      int down = beyond(y - top, picture.height());
      for (int x = 0; x < width; x++) {
        double away = Math.hypot(beyond(x - left, picture.width()), down);
        levels[y * width + x] = (byte) Math.round(255 * Math.min(1, away / farthest));
      }
    }
    return Mask.of(width, height, levels);
  }

  /** How far a position is outside of a side, 0 inside. */
  private static int beyond(int position, int size) {
    return Math.max(0, Math.max(-position, position - size + 1));
  }

  private static int mirrored(int position, int first, int last) {
    int size = last - first + 1;
    int period = Math.floorMod(position, 2 * size);
    return period < size ? period : 2 * size - 1 - period;
  }

  /**
   * What of the larger picture is painted: all that is new, and less and less of the old picture up
   * to a distance from the seam.
   *
   * @param pictureWidth of the old picture
   * @param pictureHeight of the old picture
   * @param seam how far the new reaches into the old, in pixels; 0 for a hard edge
   * @return the mask; 0 on the old picture but for the seam
   */
  public Mask mask(int pictureWidth, int pictureHeight, int seam) {
    int width = width(pictureWidth);
    int height = height(pictureHeight);
    byte[] levels = new byte[Image.byteCount(width, height) / 4];
    for (int y = 0; y < height; y++) {
      int fromTop = top == 0 ? Integer.MAX_VALUE : y - top;
      int fromBottom = bottom == 0 ? Integer.MAX_VALUE : top + pictureHeight - 1 - y;
      for (int x = 0; x < width; x++) {
        int fromLeft = left == 0 ? Integer.MAX_VALUE : x - left;
        int fromRight = right == 0 ? Integer.MAX_VALUE : left + pictureWidth - 1 - x;
        int inside = Math.min(Math.min(fromLeft, fromRight), Math.min(fromTop, fromBottom));
        levels[y * width + x] = (byte) level(inside, seam);
      }
    }
    return Mask.of(width, height, levels);
  }

  /** Falls smoothly from 255 at the edge to 0 at the seam's end. */
  private static int level(int inside, int seam) {
    if (inside < 0) {
      return 255;
    }
    double way = (inside + 1.0) / (seam + 1.0);
    return way >= 1 ? 0 : (int) Math.round(255 * (1 - way * way * (3 - 2 * way)));
  }
}
