package io.songe.text.syntax;

import io.songe.error.InvalidRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a prompt's signs are understood. A prompt of nothing but words means the same in all. */
public enum PromptSyntax {
  /** Signs are part of the text, as in diffusers and in all that Songe 0.1 drew. */
  LITERAL,
  /**
   * The grammar of the AUTOMATIC1111 web UI, and its weights: a token's features are multiplied by
   * its weight, and then all of them by one number that restores their mean.
   */
  A1111,
  /** The same grammar, with weights that are multiplied and nothing more ("No norm"). */
  PLAIN;

  /** {@return its name in commands and files} */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The syntax of a name.
   *
   * @param id one of {@code literal}, {@code a1111}, {@code plain}
   * @return the syntax
   * @throws InvalidRequestException if there is none of that name
   */
  public static PromptSyntax named(String id) {
    return Arrays.stream(values())
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new InvalidRequestException(
                "unknown prompt syntax \"%s\"; known are %s"
                    .formatted(
                        id,
                        Arrays.stream(values())
                            .map(PromptSyntax::id)
                            .collect(Collectors.joining(", ")))));
  }

  /**
   * Reads a positive text.
   *
   * @param text any text
   * @return what it asks for
   */
  public Composition compose(String text) {
    return this == LITERAL
        ? new Composition(List.of(new Composition.Branch(EditedText.plain(text), 1)), List.of())
        : Composition.parse(text);
  }

  /**
   * Reads a negative text, which is one phrase: AND is a word in it, and tags are text.
   *
   * @param text any text
   * @return the phrase over all steps
   */
  public EditedText edit(String text) {
    return this == LITERAL ? EditedText.plain(text) : EditedText.parse(text);
  }

  /**
   * Reads a phrase as it is at one step.
   *
   * @param phrase any text
   * @return its words with their weights
   */
  public WeightedText weigh(String phrase) {
    return this == LITERAL ? WeightedText.plain(phrase) : WeightedText.parse(phrase);
  }
}
