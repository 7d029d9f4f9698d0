package io.songe.server.openai;

import io.songe.drawing.Wish;
import io.songe.image.Image;
import io.songe.pipeline.edit.Edit;
import java.util.List;

/**
 * A request that was understood.
 *
 * @param kind of it
 * @param settings that all kinds have
 * @param edit what it begins with
 * @param given the pictures that came with it
 */
record Drawing(Kind kind, Settings settings, Edit edit, List<Image> given) {
  /** The kinds of requests, by the word that begins the types of their events. */
  enum Kind {
    IMAGE_GENERATION,
    IMAGE_EDIT
  }

  /** {@return a drawing from words alone} */
  static Drawing fromWords(Settings settings) {
    return new Drawing(Kind.IMAGE_GENERATION, settings, Edit.NONE, List.of());
  }

  /** {@return the wish that says this} */
  Wish wish(String owner) {
    return settings.wish(owner, edit);
  }
}
