package io.songe.pipeline.edit;

import io.songe.error.InvalidRequestException;
import io.songe.image.Mask;

/**
 * Which part of a picture is drawn anew. The terms and what they do are A1111's.
 *
 * @param mask of the picture's size
 * @param convention how the mask is read
 * @param inverted whether what the mask keeps is drawn instead
 * @param blur softness of the edge: a standard deviation in pixels, 0 to 64
 * @param content what the masked part begins with
 * @param area how much of the picture the model sees
 */
public record Masking(
    Source mask,
    Mask.Convention convention,
    boolean inverted,
    int blur,
    MaskedContent content,
    Area area) {
  private static final int MOST_BLUR = 64;

  /** How much of a picture the model sees. */
  public sealed interface Area {
    /** All of it, at the request's size. */
    record Whole() implements Area {}

    /**
     * The mask and its surroundings, drawn at the request's size and laid back in: a small part of
     * a large picture gets as much detail as a whole one.
     *
     * @param padding how far around the mask, in pixels of the picture
     */
    record AroundMask(int padding) implements Area {
      /** Checks the padding. */
      public AroundMask {
        if (padding < 0) {
          throw new InvalidRequestException(
              "the padding around a mask must be 0 pixels or more, got " + padding);
        }
      }
    }
  }

  /**
   * Checks the blur, and that there is something to draw.
   *
   * @throws InvalidRequestException if the blur is out of its range, or the mask keeps everything
   */
  public Masking {
    if (blur < 0 || blur > MOST_BLUR) {
      throw new InvalidRequestException(
          "the blur of a mask must be from 0 to " + MOST_BLUR + " pixels, got " + blur);
    }
    if (!read(mask, convention, inverted).reaches(Mask.HALF)) {
      throw new InvalidRequestException(nothing(convention, inverted));
    }
  }

  private static Mask read(Source mask, Mask.Convention convention, boolean inverted) {
    Mask read = Mask.of(mask.image(), convention);
    return inverted ? read.inverted() : read;
  }

  private static String nothing(Mask.Convention convention, boolean inverted) {
    String painted =
        switch (convention) {
          case BRIGHT -> inverted ? "black" : "white";
          case TRANSPARENT -> inverted ? "opaque" : "transparent";
        };
    return "the mask leaves nothing to draw: what is " + painted + " in it is drawn anew";
  }

  /** {@return the mask, read and perhaps inverted, not blurred} */
  public Mask painted() {
    return read(mask, convention, inverted);
  }

  /**
   * The usual masking: what is bright is drawn, from what is there, with an edge of 4 pixels, in
   * sight of the whole picture.
   *
   * @param mask of the picture's size
   * @return the masking
   */
  public static Masking of(Source mask) {
    return new Masking(
        mask, Mask.Convention.BRIGHT, false, 4, MaskedContent.ORIGINAL, new Area.Whole());
  }
}
