package io.songe.train.textimage;

import io.songe.image.Image;
import java.util.List;
import java.util.OptionalInt;

/**
 * A picture to learn from.
 *
 * @param image the picture, a square
 * @param captions that are true of it; as many for every picture, at least one
 * @param drawing the position in the corpus of the only drawing that it shows; empty if it shows
 *     several
 */
public record CaptionedPicture(Image image, List<String> captions, OptionalInt drawing) {
  /** A picture with its list copied. */
  public CaptionedPicture {
    captions = List.copyOf(captions);
  }

  /** An endless row of pictures; the same at a position always. Safe for use by several threads. */
  @FunctionalInterface
  public interface Row {
    /**
     * {@return the picture at a position}
     *
     * @param position from 0
     */
    CaptionedPicture at(long position);
  }
}
