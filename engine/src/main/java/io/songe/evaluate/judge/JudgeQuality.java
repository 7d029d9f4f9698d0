package io.songe.evaluate.judge;

import java.util.List;
import java.util.Optional;

/**
 * How good a judge is on drawings that it never saw. What cannot be had from a corpus is empty.
 *
 * @param styles by pairs of styles of which it never saw at least one: things drawn in one found
 *     among drawings in the other
 * @param unseenConcepts things that it never saw at all, found among each other's drawings in
 *     another style
 * @param unseenPairs how often it names drawings of a known concept in a known style, which it
 *     never saw together
 * @param hiddenStyles how often it names drawings of known concepts in styles that it never saw
 * @param styleOfUnseenPairs how often it names the style of the drawings of unseen pairs
 * @param phrases by language: pictures and phrases found by each other
 */
public record JudgeQuality(
    List<StylePair> styles,
    Optional<StylePair> unseenConcepts,
    Optional<Naming> unseenPairs,
    Optional<Naming> hiddenStyles,
    Optional<Naming> styleOfUnseenPairs,
    List<PhraseRetrieval> phrases) {
  /** Figures with the lists copied. */
  public JudgeQuality {
    styles = List.copyOf(styles);
    phrases = List.copyOf(phrases);
  }

  /**
   * How often something is named rightly.
   *
   * @param first part of the drawings for which the likeliest name is right
   * @param firstFive part of the drawings for which one of the five likeliest is
   * @param count of drawings
   * @param names how many there are to choose from
   */
  public record Naming(double first, double firstFive, int count, int names) {}

  /**
   * Pictures and phrases found by each other, among drawings that the judge never saw.
   *
   * @param language code of the phrases' language
   * @param phraseOfPicture a picture's label found among labels
   * @param pictureOfPhrase a label's picture found among pictures
   */
  public record PhraseRetrieval(
      String language, Retrieval phraseOfPicture, Retrieval pictureOfPhrase) {}
}
