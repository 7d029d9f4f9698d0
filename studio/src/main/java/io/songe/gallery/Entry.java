package io.songe.gallery;

import java.util.TreeSet;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the index keeps of a picture.
 *
 * @param picture as people see it
 * @param day the name of its folder
 * @param file the name of its file
 * @param pixels their fingerprint
 * @param look as {@link Look} says
 */
record Entry(Picture picture, String day, String file, String pixels, Look look) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** {@return the entry of a picture} */
  static Entry of(Place place, Imprint imprint, Origin origin, Marks marks) {
    Picture picture =
        new Picture(
            place.name().id(),
            place.owner(),
            origin.phrase(),
            origin.negative(),
            origin.model(),
            imprint.style(),
            origin.sampler(),
            origin.seed(),
            origin.steps(),
            origin.guidance(),
            imprint.width(),
            imprint.height(),
            imprint.created(),
            origin.edited(),
            imprint.transparent(),
            imprint.colour(),
            marks.favourite(),
            marks.stars(),
            marks.collections(),
            place.trashed());
    return new Entry(picture, place.day(), place.name().file(), imprint.pixels(), imprint.look());
  }

  Place place() {
    return new Place(picture.trashed(), picture.owner(), day, new PictureName(file, picture.id()));
  }

  Marks marks() {
    return new Marks(picture.favourite(), picture.rating(), new TreeSet<>(picture.collections()));
  }

  /** {@return this entry with other marks, in the trash or not} */
  Entry with(Marks marks, boolean trashed) {
    Picture changed =
        new Picture(
            picture.id(),
            picture.owner(),
            picture.phrase(),
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
            marks.favourite(),
            marks.stars(),
            marks.collections(),
            trashed);
    return new Entry(changed, day, file, pixels, look);
  }

  byte[] toJson() {
    return JSON.writeValueAsBytes(this);
  }

  static Entry fromJson(byte[] json) {
    return JSON.readValue(json, Entry.class);
  }
}
