package io.songe.evaluate.judge;

import java.util.List;

/**
 * What a judge says of a picture.
 *
 * @param features of the picture, of length 1, in the space that it shares with phrases
 * @param concepts the most likely ones, the likeliest first; at most five
 * @param styles all styles that the judge knows, the likeliest first
 */
public record Opinion(Features features, List<String> concepts, List<String> styles) {
  /**
   * {@return whether a concept is among the first}
   *
   * @param concept which
   * @param first how many of the likeliest count, 1 to 5
   */
  public boolean names(String concept, int first) {
    int at = concepts.indexOf(concept);
    return at >= 0 && at < first;
  }

  /**
   * {@return whether a style is the likeliest}
   *
   * @param style which
   */
  public boolean isIn(String style) {
    return !styles.isEmpty() && styles.getFirst().equals(style);
  }

  /**
   * The cosine between this picture and another picture or phrase.
   *
   * @param other features of length 1
   * @return from -1 to 1
   */
  public double cosine(Features other) {
    return features.cosine(other);
  }
}
