package io.songe.server.openai;

import io.songe.image.Colour;

/** What is behind a picture. */
enum Background {
  AUTO,
  TRANSPARENT,
  OPAQUE;

  /** {@return what pictures are laid over} */
  Colour colour(PictureType type) {
    return this == OPAQUE || !type.hasTransparency() ? Colour.WHITE : Colour.TRANSPARENT;
  }

  /** {@return what is behind a finished picture, as a file of a type shows it} */
  static Background of(boolean transparent, PictureType type) {
    return transparent && type.hasTransparency() ? TRANSPARENT : OPAQUE;
  }
}
