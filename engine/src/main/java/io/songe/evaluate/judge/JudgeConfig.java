package io.songe.evaluate.judge;

import java.util.List;

/**
 * The sizes of a judge, and what it can name.
 *
 * @param side height and width at which it looks at pictures, in pixels; a multiple of 8
 * @param widths channels at each halving of the side, from half the side down; at least one
 * @param buckets number of different pieces of words
 * @param wordWidth features of such a piece
 * @param features of a picture or a phrase in the space that they share
 * @param concepts that it can name
 * @param styles that it can name
 */
public record JudgeConfig(
    int side,
    List<Integer> widths,
    int buckets,
    int wordWidth,
    int features,
    List<String> concepts,
    List<String> styles) {
  /**
   * Checked sizes, with the lists copied.
   *
   * @throws IllegalArgumentException if a size cannot be
   */
  public JudgeConfig {
    widths = List.copyOf(widths);
    concepts = List.copyOf(concepts);
    styles = List.copyOf(styles);
    if (widths.isEmpty() || widths.stream().anyMatch(width -> width < 8)) {
      throw new IllegalArgumentException("a judge's widths are at least 8, got " + widths);
    }
    if (side < 8 || side % (1 << widths.size()) != 0) {
      throw new IllegalArgumentException(
          "a judge halves the side %d times, and %d cannot be".formatted(widths.size(), side));
    }
    if (buckets < 2 || wordWidth < 1 || features < 1 || concepts.isEmpty()) {
      throw new IllegalArgumentException(
          "a judge has at least 2 pieces of words, 1 feature and 1 concept, got %d, %d x %d and %d"
              .formatted(buckets, wordWidth, features, concepts.size()));
    }
  }
}
