package io.songe.data.compose;

import io.songe.data.compose.Composition.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Something to ask a model for, with what must then be seen.
 *
 * @param kind how such a picture is put together
 * @param english the prompt in English, such as {@code blue fox, 3d style}
 * @param french the same in French, such as {@code renard bleu, style 3d}
 * @param drawings positions of drawings of the concepts in the style, in the order of the prompt
 * @param concepts of the drawings
 * @param style named in the prompt; empty if the drawings have none
 * @param tint the English name of the {@link Tint} asked for, of the first thing or of the
 *     background; empty if none
 * @param relation how the first thing is to stand to the second, if there are two
 * @param count how many of the first thing there are to be
 */
public record CompositionPrompt(
    Kind kind,
    String english,
    String french,
    List<Integer> drawings,
    List<String> concepts,
    String style,
    String tint,
    Optional<Relation> relation,
    int count) {
  /** A prompt with its lists copied. */
  public CompositionPrompt {
    drawings = List.copyOf(drawings);
    concepts = List.copyOf(concepts);
  }
}
