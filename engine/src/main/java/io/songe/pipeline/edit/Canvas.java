package io.songe.pipeline.edit;

import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.Margins;
import io.songe.image.Mask;
import io.songe.image.Overlay;
import io.songe.image.Rectangle;
import io.songe.image.Resampling;
import io.songe.image.SpreadColours;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A start picture prepared for a drawing, and the way back from the drawing to the whole picture.
 *
 * @param picture what is encoded. Of the drawing's size, unless latents are enlarged
 * @param painted what is drawn anew, of the drawing's size; empty for everything
 * @param content what the painted part begins with
 * @param finish from what was drawn to the picture that is wanted
 */
public record Canvas(
    Image picture, Optional<Mask> painted, MaskedContent content, UnaryOperator<Image> finish) {

  /**
   * Prepares a start.
   *
   * @param start from noise there is nothing to prepare
   * @param width of the drawing, in pixels
   * @param height of the drawing, in pixels
   * @return the canvas; empty for noise
   */
  public static Optional<Canvas> of(Start start, int width, int height) {
    return switch (start) {
      case Start.Noise _ -> Optional.empty();
      case Start.Picture(Source picture, Fit fit, double _) ->
          Optional.of(everything(fit.apply(picture.image(), width, height)));
      case Start.Enlarged(Source picture, Upscaler upscaler, double _) ->
          Optional.of(
              everything(
                  upscaler
                      .resampling()
                      .map(pixels -> picture.image().resize(width, height, pixels))
                      .orElse(picture.image())));
      case Start.Inpainted inpainted -> Optional.of(inpainted(inpainted, width, height));
      case Start.Extended(Source picture, Margins margins, int seam, double _) ->
          Optional.of(extended(picture.image(), margins, seam));
    };
  }

  private static Canvas everything(Image picture) {
    return new Canvas(picture, Optional.empty(), MaskedContent.ORIGINAL, UnaryOperator.identity());
  }

  private static Canvas inpainted(Start.Inpainted start, int width, int height) {
    Masking masking = start.masking();
    Image picture = start.picture().image();
    return switch (masking.area()) {
      case Masking.Area.Whole _ -> {
        Image fitted = start.fit().apply(picture, width, height);
        Mask mask = fitted(masking.painted(), start.fit(), width, height);
        Mask soft = mask.blurred(masking.blur());
        yield new Canvas(
            filled(fitted, mask, masking.content()),
            Optional.of(mask),
            masking.content(),
            drawn -> Overlay.through(soft, drawn, fitted));
      }
      case Masking.Area.AroundMask(int padding) -> {
        Mask soft = masking.painted().blurred(masking.blur());
        Rectangle place =
            soft.bounds()
                .grown(padding, picture.width(), picture.height())
                .towardsRatio(width, height, picture.width(), picture.height());
        Image part = cut(picture, place).resize(width, height, Resampling.LANCZOS3);
        Mask mask =
            Mask.of(
                cut(masking.painted().toImage(), place).resize(width, height, Resampling.BILINEAR),
                Mask.Convention.BRIGHT);
        yield new Canvas(
            filled(part, mask, masking.content()),
            Optional.of(mask),
            masking.content(),
            drawn ->
                Overlay.into(
                    picture,
                    drawn.resize(place.width(), place.height(), Resampling.LANCZOS3),
                    place,
                    soft));
      }
    };
  }

  private static Image cut(Image picture, Rectangle place) {
    return picture.crop(place.x(), place.y(), place.width(), place.height());
  }

  private static Mask fitted(Mask mask, Fit fit, int width, int height) {
    if (mask.width() == width && mask.height() == height) {
      return mask;
    }
    return Mask.of(fit.apply(mask.toImage(), width, height), Mask.Convention.BRIGHT);
  }

  private static Image filled(Image picture, Mask mask, MaskedContent content) {
    return content == MaskedContent.FILL ? SpreadColours.over(picture, mask) : picture;
  }

  private static Canvas extended(Image picture, Margins margins, int seam) {
    Image around = margins.around(picture);
    Mask mask = margins.mask(picture.width(), picture.height(), seam);
    return new Canvas(
        around,
        Optional.of(mask),
        MaskedContent.FILL,
        drawn -> Overlay.through(mask, drawn, around));
  }
}
