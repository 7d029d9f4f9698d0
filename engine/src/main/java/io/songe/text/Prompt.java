package io.songe.text;

import io.songe.error.InvalidRequestException;

/**
 * What to draw and what to keep away from, as it was typed. The text is neither trimmed nor
 * normalised, so that it can be stored with the picture and given again.
 *
 * <p>Both texts may be empty: an empty positive text is the unconditional drawing, which a library
 * may well want; a command that finds it {@linkplain #isBlank() blank} should ask for words. Line
 * breaks and control characters are allowed, and are what they are for the tokenizer. U+0000 and
 * half surrogate pairs are not: no picture's metadata and no database could keep them.
 *
 * @param positive what to draw
 * @param negative what to keep away from, empty for nothing in particular
 */
public record Prompt(String positive, String negative) {
  /** The most characters (Unicode code points) that each of the two texts may have. */
  public static final int MAX_CHARACTERS = 10_000;

  /**
   * A checked prompt.
   *
   * @throws InvalidRequestException if a text has more than {@value #MAX_CHARACTERS} characters,
   *     U+0000, or half a surrogate pair
   */
  public Prompt {
    check("prompt", positive);
    check("negative prompt", negative);
  }

  /**
   * A prompt without a negative text.
   *
   * @param positive what to draw
   * @return the prompt
   * @throws InvalidRequestException as the constructor
   */
  public static Prompt of(String positive) {
    return new Prompt(positive, "");
  }

  /** {@return whether the positive text has no visible character, so that nothing was asked for} */
  public boolean isBlank() {
    return positive.isBlank();
  }

  private static void check(String name, String text) {
    int length = text.codePointCount(0, text.length());
    if (length > MAX_CHARACTERS) {
      throw new InvalidRequestException(
          "the %s has %d characters, and %d are the most; shorten it"
              .formatted(name, length, MAX_CHARACTERS));
    }
    int position = 0;
    for (int index = 0; index < text.length(); position++) {
      int character = text.codePointAt(index);
      if (character == 0) {
        throw new InvalidRequestException(
            "the %s has U+0000 at character %d; remove it".formatted(name, position));
      }
      if (Character.getType(character) == Character.SURROGATE) {
        throw new InvalidRequestException(
            "the %s has U+%04X, half a surrogate pair, at character %d; was the text cut in the middle of a character?"
                .formatted(name, character, position));
      }
      index += Character.charCount(character);
    }
  }
}
