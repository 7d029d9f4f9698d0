package io.songe.data.compose;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which words name a colour, in both languages together. */
final class ColourWords {
  private static final Set<String> WORDS =
      WordLists.read("colour-words.txt").stream()
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableSet());

  private ColourWords() {}

  /** {@return whether a text names a colour} */
  static boolean in(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}-]+", -1))
        .anyMatch(WORDS::contains);
  }
}
