package io.songe.models;

import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model is called on a hub.
 *
 * @param owner who published it
 * @param name of the model among theirs
 */
public record HubId(String owner, String name) {
  private static final String PART = "[A-Za-z0-9][A-Za-z0-9._-]{0,95}";
  private static final Pattern WHOLE = Pattern.compile("(" + PART + ")/(" + PART + ")");

  /**
   * Reads {@code OWNER/NAME}.
   *
   * @param text as typed
   * @return the name
   * @throws InvalidRequestException if it is none
   */
  public static HubId parse(String text) {
    Matcher parts = WHOLE.matcher(text);
    if (!parts.matches() || text.contains("..")) {
      throw new InvalidRequestException(
          "a model on a hub is called OWNER/NAME, of letters, digits, '.', '_' and '-', got %s"
              .formatted(FileLabel.quote(text)));
    }
    return new HubId(parts.group(1), parts.group(2));
  }

  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
