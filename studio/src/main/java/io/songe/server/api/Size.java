package io.songe.server.api;

import io.songe.checkpoint.ModelCard;
import io.songe.pipeline.GenerationRequest;

/**
 * The size of a drawing in pixels.
 *
 * @param width in pixels
 * @param height in pixels
 */
record Size(int width, int height) {
  /** From this side on, models have layers that need sides of multiples of 64. */
  private static final int LARGE = 512;

  private static final int MULTIPLE_OF_LARGE = 64;

  /** So many times a model's own pixels still give a picture that holds together from a start. */
  private static final int MOST_TIMES = 4;

  /** {@return the size at which a model draws best} */
  static Size of(ModelCard card) {
    return new Size(card.side(), card.side());
  }

  /** {@return what the sides of a model's pictures are best multiples of} */
  static int multiple(ModelCard card) {
    return card.side() >= LARGE ? MULTIPLE_OF_LARGE : GenerationRequest.SIDE_MULTIPLE;
  }

  /** {@return about as many pixels in another shape} */
  Size shaped(double ratio, int multiple) {
    double pixels = (double) width * height;
    return new Size(
        nearest(Math.sqrt(pixels * ratio), multiple), nearest(Math.sqrt(pixels / ratio), multiple));
  }

  /** {@return this size times a factor} */
  Size times(double factor, int multiple) {
    return new Size(nearest(width * factor, multiple), nearest(height * factor, multiple));
  }

  private static int nearest(double side, int multiple) {
    return (int) Math.max(1, Math.round(side / multiple)) * multiple;
  }

  /**
   * {@return a start picture's own size if a model can draw at it, else its shape with the model's
   * number of pixels}
   */
  static Size from(int width, int height, ModelCard card) {
    int side = GenerationRequest.SIDE_MULTIPLE;
    boolean drawable =
        width % side == 0
            && height % side == 0
            && (long) width * height <= (long) MOST_TIMES * card.side() * card.side();
    return drawable
        ? new Size(width, height)
        : of(card).shaped((double) width / height, multiple(card));
  }
}
