package io.songe.image;

import io.songe.error.InvalidRequestException;
import java.util.regex.Pattern;

/**
 * One entry of the last line of a {@link ParametersText}.
 *
 * @param key at least two characters: a letter, digit or underscore, then those, spaces, hyphens
 *     and slashes, without a space at the end
 * @param value any text
 */
public record Parameter(String key, String value) {
  private static final Pattern NEEDS_QUOTES =
      Pattern.compile("[,:\\p{Cc}]|^[\\[{\"]|^\\s|\\s$", Pattern.UNICODE_CHARACTER_CLASS);

  /** Checks the key. */
  public Parameter {
    if (!ParametersParser.isKey(key)) {
      throw new InvalidRequestException(
          ("\"%s\" cannot be the name of a parameter; use at least two letters, digits, spaces,"
                  + " hyphens or slashes, beginning with a letter; the negative prompt is no parameter")
              .formatted(key));
    }
  }

  /** {@return {@code key: value}, the value as a JSON string if it needs that to be read back} */
  String write() {
    boolean quoted = NEEDS_QUOTES.matcher(value).find();
    return key + ": " + (quoted ? JsonString.write(value) : value);
  }
}
