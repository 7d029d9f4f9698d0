package io.songe.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds added tokens and new words in a text and normalises what is between them. */
final class AddedTokens {
  /**
   * What is looked for.
   *
   * @param whole whether it must not be a part of a longer run of letters
   */
  private record Needle(String content, List<Integer> ids, boolean whole) {
    boolean isAt(String text, int position) {
      return text.startsWith(content, position)
          && (!whole || (!joins(text, position) && !joins(text, position + content.length())));
    }

    /** Whether letters stand on both sides of a place, which the tokenizer never cuts. */
    private static boolean joins(String text, int place) {
      return place > 0
          && place < text.length()
          && Character.isLetter(text.codePointBefore(place))
          && Character.isLetter(text.codePointAt(place));
    }
  }

  private final List<Needle> typed;
  private final List<Needle> normalized;

  /**
   * A finder of tokens.
   *
   * @param tokens the tokens to find, each content once
   * @param words to find, each whole
   * @param firstId of the first word's first token; the others follow
   */
  AddedTokens(List<AddedToken> tokens, List<NewWord> words, int firstId) {
    Map<Boolean, List<AddedToken>> sides =
        tokens.stream().collect(Collectors.partitioningBy(AddedToken::normalized));
    typed = longestFirst(needles(sides.getOrDefault(false, List.of()), false));
    List<Needle> later = new ArrayList<>(needles(sides.getOrDefault(true, List.of()), true));
    int id = firstId;
    for (NewWord word : words) {
      List<Integer> ids = IntStream.range(id, id + word.tokens()).boxed().toList();
      word.spellings()
          .forEach(spelling -> later.add(new Needle(NewWord.normalized(spelling), ids, true)));
      id += word.tokens();
    }
    normalized = longestFirst(later);
  }

  /**
   * Cuts a text at its added tokens.
   *
   * @param text well-formed text as it was typed
   * @param token called with the id of each token found, for a new word with all of its ids
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
      found.ids().forEach(token::accept);
      position += found.content().length();
      start = position;
    }
    if (start < text.length()) {
      between.accept(text.substring(start));
    }
  }

  private static @Nullable Needle at(String text, int position, List<Needle> needles) {
    for (Needle needle : needles) {
      if (needle.isAt(text, position)) {
        return needle;
      }
    }
    return null;
  }

  private static List<Needle> needles(List<AddedToken> tokens, boolean normalize) {
    return tokens.stream()
        .map(token ->
            new Needle(
                normalize ? ClipNormalization.normalize(token.content()) : token.content(),
                List.of(token.id()),
                false))
        .toList();
  }

  private static List<Needle> longestFirst(List<Needle> needles) {
    return needles.stream()
        .sorted(Comparator.comparingInt((Needle needle) -> needle.content().length()).reversed())
        .toList();
  }
}
