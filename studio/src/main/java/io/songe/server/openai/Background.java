package io.songe.server.openai;

import io.songe.image.Colour;
import io.songe.pictures.PictureFormat;

/** What is behind a picture. */
enum Background {
  AUTO,
  TRANSPARENT,
  OPAQUE;

  /** {@return what pictures are laid over} */
  Colour colour(PictureFormat type) {
    return this == OPAQUE || type == PictureFormat.JPEG ? Colour.WHITE : Colour.TRANSPARENT;
  }

  /** {@return what is behind a finished picture, as a file of a type shows it} */
  static Background of(boolean transparent, PictureFormat type) {
    return transparent && type != PictureFormat.JPEG ? TRANSPARENT : OPAQUE;
  }
}
