package io.songe.text.syntax;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A phrase at one step: its words with their weights.
 *
 * @param fragments in reading order; neighbours have different weights
 */
public record WeightedText(List<Fragment> fragments) {
  /** Copies the list. */
  public WeightedText {
    fragments = List.copyOf(fragments);
  }

  /**
   * Reads weights: {@code (a)} is 1.1, {@code [a]} is 1 / 1.1, {@code (a:1.3)} is 1.3, brackets in
   * brackets multiply, those that stay open end with the text, and {@code \(} is a bracket that
   * means nothing. Any other backslash is left out. BREAK in capitals ends a chunk, also inside
   * brackets, where the web UI reads it as a word.
   *
   * @param text any text
   * @return its words
   */
  public static WeightedText parse(String text) {
    return new WeightedTextParser(text).read();
  }

  /** A text without weights, whatever signs are in it. */
  static WeightedText plain(String text) {
    return new WeightedText(text.isEmpty() ? List.of() : List.of(new Fragment.Words(text, 1)));
  }

  /** {@return the phrase as text, from which the same is read again} */
  @Override
  public String toString() {
    return fragments.stream().map(Fragment::toString).collect(Collectors.joining());
  }
}
