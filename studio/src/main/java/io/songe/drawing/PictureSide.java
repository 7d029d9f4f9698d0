package io.songe.drawing;

import io.songe.checkpoint.ModelCard;
import io.songe.image.Image;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.Start;

/**
 * The size of a picture in pixels, where only a part of it or nothing was asked for: of a drawing
 * that begins with a picture that picture's, as far as the model can draw it well.
 */
record PictureSide(int width, int height) {
  /** So many times the model's own area still give whole things, not a crowd of halves. */
  private static final double MOST_AREA = 4;

  private static final int MULTIPLE = GenerationRequest.SIDE_MULTIPLE;

  /** {@return what a wish asks for, completed} */
  static PictureSide of(Wish wish, ModelCard card) {
    PictureSide usual = usual(wish.edit().start(), card);
    return new PictureSide(wish.width().orElse(usual.width), wish.height().orElse(usual.height));
  }

  private static PictureSide usual(Start start, ModelCard card) {
    PictureSide square = new PictureSide(card.side(), card.side());
    return switch (start) {
      case Start.Noise _ -> square;
      case Start.Picture picture -> of(picture.picture().image()).within(card.side());
      case Start.Inpainted inpainted ->
          inpainted.masking().area() instanceof Masking.Area.AroundMask
              ? square
              : of(inpainted.picture().image()).within(card.side());
      case Start.Enlarged enlarged -> of(enlarged.picture().image()).doubled();
      case Start.Extended extended -> {
        Image inner = extended.picture().image();
        yield new PictureSide(
            extended.margins().width(inner.width()), extended.margins().height(inner.height()));
      }
    };
  }

  private static PictureSide of(Image image) {
    return new PictureSide(image.width(), image.height());
  }

  private PictureSide doubled() {
    return new PictureSide(multiple(2.0 * width), multiple(2.0 * height));
  }

  /** Of this shape, and not much larger than a model draws. */
  private PictureSide within(int side) {
    double area = (double) width * height;
    double scale = Math.min(1, Math.sqrt(MOST_AREA * side * side / area));
    return new PictureSide(multiple(scale * width), multiple(scale * height));
  }

  private static int multiple(double side) {
    return (int) Math.max(1, Math.round(side / MULTIPLE)) * MULTIPLE;
  }
}
