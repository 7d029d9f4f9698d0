package io.songe.server.api;

import io.songe.gallery.Picture;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A picture of the gallery as it is answered.
 *
 * @param phrase what was asked for, without the style's words
 */
record PictureJson(
    String id,
    String phrase,
    String negative,
    String model,
    String style,
    String sampler,
    Optional<Long> seed,
    int steps,
    Optional<Double> guidance,
    int width,
    int height,
    Instant created,
    boolean edited,
    boolean transparent,
    String colour,
    boolean favourite,
    int stars,
    List<String> collections,
    boolean trashed) {

  static PictureJson of(Picture picture, ModelList models) {
    return new PictureJson(
        picture.id(),
        models.unstyled(picture.phrase(), picture.model(), picture.style()),
        picture.negative(),
        picture.model(),
        picture.style(),
        picture.sampler(),
        picture.seed(),
        picture.steps(),
        picture.guidance(),
        picture.width(),
        picture.height(),
        picture.created(),
        picture.edited(),
        picture.transparent(),
        picture.colour(),
        picture.favourite(),
        picture.rating(),
        picture.collections().stream().sorted().toList(),
        picture.trashed());
  }
}
