package io.songe.gallery;

import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody noted about a picture.
 *
 * @param favourite whether it was marked
 * @param stars 1 to 5, or 0 for none
 * @param collections it was put into
 */
record Marks(boolean favourite, int stars, SortedSet<String> collections) {
  static final Marks NONE = new Marks(false, 0, new TreeSet<>());

  private static final int MOST_STARS = 5;
  private static final int LONGEST_COLLECTION = 80;
  private static final int MOST_COLLECTIONS = 100;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  Marks {
    collections = Collections.unmodifiableSortedSet(new TreeSet<>(collections));
    if (stars < 0 || stars > MOST_STARS) {
      throw new InvalidRequestException(
          "a picture has 0 to %d stars, got %d".formatted(MOST_STARS, stars));
    }
    if (collections.size() > MOST_COLLECTIONS) {
      throw new InvalidRequestException(
          "a picture can be in at most %d collections; take it out of one first"
              .formatted(MOST_COLLECTIONS));
    }
  }

  Marks withFavourite(boolean marked) {
    return new Marks(marked, stars, collections);
  }

  Marks withStars(int number) {
    return new Marks(favourite, number, collections);
  }

  /** {@return these marks with the picture in a collection, or not} */
  Marks withCollection(String name, boolean into) {
    Collection<String> changed = new TreeSet<>(collections);
    if (into) {
      changed.add(collection(name));
    } else {
      changed.remove(name.strip());
    }
    return new Marks(favourite, stars, new TreeSet<>(changed));
  }

  private static String collection(String name) {
    String stripped = name.strip();
    boolean plain = stripped.codePoints().noneMatch(Character::isISOControl);
    if (stripped.isEmpty() || stripped.length() > LONGEST_COLLECTION || !plain) {
      throw new InvalidRequestException(
          "a collection's name has 1 to %d characters on one line, got %s"
              .formatted(LONGEST_COLLECTION, FileLabel.quote(name)));
    }
    return stripped;
  }

  /** {@return these marks as a file's content} */
  byte[] toJson() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws io.songe.error.BrokenFileException if it is something else
   */
  static Marks fromJson(byte[] json, Path file) {
    try {
      return JSON.readValue(json, Marks.class);
    } catch (JacksonException | InvalidRequestException garbled) {
      throw FileLabel.of(file)
          .broken(
              "a picture's marks cannot be understood (%s); correct or remove this file"
                  .formatted(FileLabel.shorten(String.valueOf(garbled.getMessage()))),
              garbled);
    }
  }
}
