package io.songe.server.openai;

import io.songe.file.FileLabel;
import io.songe.image.Image;
import io.songe.server.Fields;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A picture's size.
 *
 * @param width in pixels
 * @param height in pixels
 */
record Size(int width, int height) {
  private static final int MULTIPLE = 8;
  private static final int SMALLEST = 64;
  private static final int LARGEST = 2048;
  private static final int TOO_MANY_TIMES = 2;
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})[x×](\\d{1,9})");

  /** {@return the size that a request asks for, empty where it leaves that to us} */
  static Optional<Size> read(Fields fields) {
    return fields.text("size").filter(text -> !text.equals("auto")).map(Size::parse);
  }

  private static Size parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw Refusal.ofField(
          "size",
          "size must be auto or WIDTHxHEIGHT such as 512x512, got " + FileLabel.quote(text));
    }
    Size size = new Size(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    if (!size.canBeDrawn()) {
      throw Refusal.ofField(
          "size",
          "width and height must be multiples of %d from %d to %d, got %s; try %s"
              .formatted(MULTIPLE, SMALLEST, LARGEST, text, nearest(size.width, size.height)));
    }
    return size;
  }

  private static boolean isSide(int side) {
    return side % MULTIPLE == 0 && side >= SMALLEST && side <= LARGEST;
  }

  /** {@return the size of a picture that is there, whatever its sides} */
  static Size of(Image picture) {
    return new Size(picture.width(), picture.height());
  }

  /**
   * {@return whether a model would draw a crowd of halves at this size, and not one whole thing}
   *
   * @param side of the square pictures that it was taught, in pixels
   */
  boolean isLargeFor(int side) {
    return (long) width * height > (long) TOO_MANY_TIMES * side * side;
  }

  /** {@return whether pictures of this size can be drawn at all} */
  boolean canBeDrawn() {
    return isSide(width) && isSide(height);
  }

  /** {@return a size of this shape that has about as many pixels as a square of that side} */
  Size shrunkTo(int side) {
    double scale = side / Math.sqrt((double) width * height);
    return nearest(width * scale, height * scale);
  }

  private static Size nearest(double width, double height) {
    return new Size(side(width), side(height));
  }

  private static int side(double length) {
    return Math.clamp(Math.round(length / MULTIPLE) * MULTIPLE, SMALLEST, LARGEST);
  }

  /** {@return how it is said in requests and answers} */
  @Override
  public String toString() {
    return width + "x" + height;
  }
}
