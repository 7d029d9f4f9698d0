package io.songe.text;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds added tokens in a text and normalises what is between them. */
final class AddedTokens {
  private record Needle(String content, int id) {}

  private final List<Needle> typed;
  private final List<Needle> normalized;

  /**
   * A finder of tokens.
   *
   * @param tokens the tokens to find, each content once
   */
  AddedTokens(List<AddedToken> tokens) {
    Map<Boolean, List<AddedToken>> sides =
        tokens.stream().collect(Collectors.partitioningBy(AddedToken::normalized));
    typed = longestFirst(sides.getOrDefault(false, List.of()), false);
    normalized = longestFirst(sides.getOrDefault(true, List.of()), true);
  }

  /**
   * Cuts a text at its added tokens.
   *
   * @param text well-formed text as it was typed
   * @param token called with the id of each token found
   * @param between called with the normal form of each stretch between tokens, in reading order
   *     among the tokens
   */
  void split(String text, IntConsumer token, Consumer<String> between) {
    split(
        text,
        typed,
        token,
        stretch -> split(ClipNormalization.normalize(stretch), normalized, token, between));
  }

  private static void split(
      String text, List<Needle> needles, IntConsumer token, Consumer<String> between) {
    int start = 0;
    int position = 0;
    while (position < text.length()) {
      Needle found = at(text, position, needles);
      if (found == null) {
        position++;
        continue;
      }
      if (start < position) {
        between.accept(text.substring(start, position));
      }
      token.accept(found.id());
      position += found.content().length();
      start = position;
    }
    if (start < text.length()) {
      between.accept(text.substring(start));
    }
  }

  private static @Nullable Needle at(String text, int position, List<Needle> needles) {
    for (Needle needle : needles) {
      if (text.startsWith(needle.content(), position)) {
        return needle;
      }
    }
    return null;
  }

  private static List<Needle> longestFirst(List<AddedToken> tokens, boolean normalize) {
    return tokens.stream()
        .map(token ->
            new Needle(
                normalize ? ClipNormalization.normalize(token.content()) : token.content(),
                token.id()))
        .sorted(Comparator.comparingInt((Needle needle) -> needle.content().length()).reversed())
        .toList();
  }
}
