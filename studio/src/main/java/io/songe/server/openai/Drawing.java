package io.songe.server.openai;

import io.songe.drawing.Wish;
import io.songe.image.Image;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Upscaler;
import java.util.List;
import java.util.Optional;

/**
 * A request that was understood.
 *
 * @param kind of it
 * @param settings that all kinds have
 * @param edit what it begins with
 * @param drawn the size at which it is drawn, empty for the usual one
 * @param given the pictures that came with it
 */
record Drawing(Kind kind, Settings settings, Edit edit, Optional<Size> drawn, List<Image> given) {
  /** Enough to sharpen what was enlarged, and too little to compose it anew. */
  private static final double SHARPENED = 0.3;

  /** Of fewer, that share would be none. */
  private static final int LEAST_STEPS = 4;

  /** The kinds of requests, by the word that begins the types of their events. */
  enum Kind {
    IMAGE_GENERATION,
    IMAGE_EDIT
  }

  /**
   * {@return a drawing from words alone} Clients ask for sizes that suit other models. At one that
   * is too large for the model a picture is composed at the model's own, enlarged and sharpened.
   */
  static Drawing fromWords(Settings settings) {
    int side = settings.model().card().side();
    Optional<Size> large = settings.size().filter(size -> size.isLargeFor(side));
    Edit edit =
        large.map(size -> Edit.NONE.withSecondPass(enlarged(size, settings))).orElse(Edit.NONE);
    Optional<Size> drawn = large.map(size -> size.shrunkTo(side)).or(settings::size);
    return new Drawing(Kind.IMAGE_GENERATION, settings, edit, drawn, List.of());
  }

  private static SecondPass enlarged(Size size, Settings settings) {
    return new SecondPass.Enlarged(
        size.width(),
        size.height(),
        Upscaler.LANCZOS,
        Math.max(LEAST_STEPS, settings.quality().steps(settings.model().card())),
        SHARPENED);
  }

  /** {@return the wish that says this} */
  Wish wish(String owner) {
    return settings.wish(owner, edit, drawn);
  }
}
