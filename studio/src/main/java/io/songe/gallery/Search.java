package io.songe.gallery;

import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to look for among an owner's pictures.
 *
 * @param owner whose
 * @param words of the phrase, in either language; empty for all, the latest first
 * @param facets wanted values by facet: {@code model}, {@code style}, {@code sampler}, {@code
 *     shape} ({@code square}, {@code wide}, {@code tall}), {@code collection}
 * @param favourites only those that were marked
 * @param edited only those that began with another picture
 * @param leastRating at least so many stars; 0 for all
 * @param since the earliest; empty for all
 * @param until before this; empty for all
 * @param trashed those in the trash instead
 * @param offset how many of those found are passed over
 * @param most how many are wanted; 0 to 500
 */
public record Search(
    String owner,
    String words,
    Map<String, String> facets,
    boolean favourites,
    boolean edited,
    int leastRating,
    Optional<Instant> since,
    Optional<Instant> until,
    boolean trashed,
    int offset,
    int most) {
  /** What pictures are counted and chosen by. */
  public static final List<String> FACETS =
      List.of("model", "style", "sampler", "shape", "collection");

  private static final int MOST_PICTURES = 500;
  private static final int MOST_STARS = 5;
  private static final int LONGEST = 1000;

  /** Checks the ranges, and copies the facets. */
  public Search {
    facets = Map.copyOf(facets);
    if (words.length() > LONGEST) {
      throw new InvalidRequestException(
          "a search has at most %d characters, got %d; leave some words out"
              .formatted(LONGEST, words.length()));
    }
    for (String facet : facets.keySet()) {
      if (!FACETS.contains(facet)) {
        throw new InvalidRequestException(
            "pictures are chosen by %s, not by %s"
                .formatted(String.join(", ", FACETS), FileLabel.quote(facet)));
      }
    }
    if (leastRating < 0 || leastRating > MOST_STARS) {
      throw new InvalidRequestException(
          "a picture has 0 to %d stars, got %d".formatted(MOST_STARS, leastRating));
    }
    if (offset < 0) {
      throw new InvalidRequestException(
          "the pictures found are counted from 0, got an offset of %d".formatted(offset));
    }
    if (most < 0 || most > MOST_PICTURES) {
      throw new InvalidRequestException(
          "0 to %d pictures can be had at once, got %d".formatted(MOST_PICTURES, most));
    }
  }

  /**
   * What was found.
   *
   * @param total how many there are
   * @param pictures those that were wanted, in their order
   * @param facets how many of those found have each value, by facet
   */
  public record Found(
      int total, List<Picture> pictures, Map<String, Map<String, Integer>> facets) {}

  /** {@return a search for all of an owner's pictures that are not in the trash} */
  public static Search all(String owner, int offset, int most) {
    return new Search(
        owner,
        "",
        Map.of(),
        false,
        false,
        0,
        Optional.empty(),
        Optional.empty(),
        false,
        offset,
        most);
  }
}
