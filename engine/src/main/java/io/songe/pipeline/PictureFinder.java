package io.songe.pipeline;

import io.songe.error.InvalidRequestException;
import io.songe.image.Image;

/** Finds the pictures that a picture was drawn from, to draw it again. */
@FunctionalInterface
public interface PictureFinder {
  /** Finds nothing. */
  PictureFinder NONE =
      wanted -> {
        throw new InvalidRequestException(
            "the picture was drawn from another, %s, which is needed to draw it again"
                .formatted(wanted.file().isEmpty() ? wanted.sha256() : wanted.file()));
      };

  /**
   * Finds a picture.
   *
   * @param wanted which
   * @return the picture; if it is another one, it is refused
   * @throws InvalidRequestException if it cannot be found
   */
  Image find(EditRecipe.SourceRecipe wanted);
}
