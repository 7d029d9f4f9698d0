package io.songe.server.api;

import io.songe.checkpoint.ModelCard;
import io.songe.image.Fit;
import io.songe.image.Margins;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.Source;
import io.songe.pipeline.edit.Start;
import io.songe.pipeline.edit.Upscaler;
import java.util.Optional;

/**
 * A picture that a drawing is to begin with.
 *
 * @param picture itself
 * @param phrase that it was drawn from, if it says so
 * @param strength that was asked for
 * @param kind what is done with it
 */
record Begun(Source picture, Optional<String> phrase, Optional<Double> strength, Kind kind) {
  /** What is done with a picture. */
  sealed interface Kind {
    /** It is drawn anew. */
    record Redrawn(Fit fit) implements Kind {}

    /** A part of it is drawn anew. */
    record Inpainted(Masking masking, Fit fit) implements Kind {}

    /** It is drawn on beyond its edges. */
    record Extended(Margins margins, int seam) implements Kind {}

    /** It is enlarged. */
    record Enlarged(double by, Upscaler upscaler) implements Kind {}
  }

  /** {@return the size of the drawing, if nothing else is asked for} */
  Size usualSize(ModelCard card) {
    int width = picture.image().width();
    int height = picture.image().height();
    return switch (kind) {
      case Kind.Redrawn _ -> Size.from(width, height, card);
      case Kind.Inpainted(Masking masking, Fit _) ->
          masking.area() instanceof Masking.Area.AroundMask
              ? Size.of(card)
              : Size.from(width, height, card);
      case Kind.Extended(Margins margins, int _) ->
          new Size(margins.width(width), margins.height(height));
      case Kind.Enlarged(double by, Upscaler _) ->
          new Size(width, height).times(by, Size.multiple(card));
    };
  }

  /**
   * The start of the drawing.
   *
   * @param other strength that counts more than what was asked for, if there is one
   */
  Start start(Optional<Double> other) {
    double share = other.or(() -> strength).orElse(usualStrength());
    return switch (kind) {
      case Kind.Redrawn(Fit fit) -> new Start.Picture(picture, fit, share);
      case Kind.Inpainted(Masking masking, Fit fit) ->
          new Start.Inpainted(picture, masking, fit, share);
      case Kind.Extended(Margins margins, int seam) ->
          new Start.Extended(picture, margins, seam, share);
      case Kind.Enlarged(double _, Upscaler upscaler) ->
          new Start.Enlarged(picture, upscaler, share);
    };
  }

  private double usualStrength() {
    return switch (kind) {
      case Kind.Redrawn _, Kind.Inpainted _ -> 0.75;
      case Kind.Extended _ -> 0.9;
      case Kind.Enlarged _ -> 0.3;
    };
  }
}
