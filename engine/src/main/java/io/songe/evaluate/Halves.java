package io.songe.evaluate;

import io.songe.data.compose.Relation;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.ImageGrid;
import java.util.List;

/**
 * The two halves of a picture in which two things are to stand, each cut out to what is in it and
 * laid in the middle of a square.
 *
 * @param first where the first thing of the phrase is to be
 * @param second where the second is to be
 */
record Halves(Image first, Image second) {
  private static final int COVERED = 24;
  private static final int NEARLY_WHITE = 244;

  /**
   * Cuts a picture.
   *
   * @param picture of two things
   * @param relation of the first to the second: beside, above or below
   */
  static Halves of(Image picture, Relation relation) {
    int width = picture.width();
    int height = picture.height();
    boolean beside = relation == Relation.LEFT_OF || relation == Relation.RIGHT_OF;
    Image before =
        beside ? picture.crop(0, 0, width / 2, height) : picture.crop(0, 0, width, height / 2);
    Image behind =
        beside
            ? picture.crop(width / 2, 0, width - width / 2, height)
            : picture.crop(0, height / 2, width, height - height / 2);
    boolean inOrder = relation == Relation.LEFT_OF || relation == Relation.ABOVE;
    return inOrder
        ? new Halves(framed(before), framed(behind))
        : new Halves(framed(behind), framed(before));
  }

  /**
   * Two drawings put together as a relation asks, each in its half.
   *
   * @param first drawing, square
   * @param second drawing, of the same side
   * @param relation of the first to the second
   */
  static Image joined(Image first, Image second, Relation relation) {
    boolean beside = relation == Relation.LEFT_OF || relation == Relation.RIGHT_OF;
    boolean inOrder = relation == Relation.LEFT_OF || relation == Relation.ABOVE;
    List<Image> both = inOrder ? List.of(first, second) : List.of(second, first);
    return squared(new ImageGrid(beside ? 2 : 1, 0, Colour.TRANSPARENT).arrange(both));
  }

  private static Image framed(Image half) {
    int left = half.width();
    int top = half.height();
    int right = -1;
    int bottom = -1;
    byte[] rgba = half.rgba();
    boolean opaque = !half.hasTransparency();
    for (int y = 0; y < half.height(); y++) {
      for (int x = 0; x < half.width(); x++) {
        if (isDrawn(rgba, 4 * (y * half.width() + x), opaque)) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
        }
      }
    }
    boolean empty = right < left;
    return squared(empty ? half : half.crop(left, top, right - left + 1, bottom - top + 1));
  }

  private static boolean isDrawn(byte[] rgba, int at, boolean opaque) {
    if (!opaque) {
      return (rgba[at + 3] & 0xff) > COVERED;
    }
    return (rgba[at] & 0xff) < NEARLY_WHITE
        || (rgba[at + 1] & 0xff) < NEARLY_WHITE
        || (rgba[at + 2] & 0xff) < NEARLY_WHITE;
  }

  /** In the middle of a square, with a margin as drawings have. */
  private static Image squared(Image picture) {
    int longer = Math.max(picture.width(), picture.height());
    int side = longer + Math.max(2, longer / 16);
    byte[] from = picture.rgba();
    byte[] to = new byte[4 * side * side];
    int left = (side - picture.width()) / 2;
    int top = (side - picture.height()) / 2;
    for (int y = 0; y < picture.height(); y++) {
      System.arraycopy(
          from, 4 * y * picture.width(), to, 4 * ((top + y) * side + left), 4 * picture.width());
    }
    return Image.of(side, side, to);
  }
}
