package io.songe.server.openai;

import io.songe.checkpoint.ModelCard;
import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model that was asked for.
 *
 * @param name of the model that draws
 * @param card what it says of itself
 */
record NamedModel(String name, ModelCard card) {
  /** Names that clients are set to by default. Whoever says one gets the default model. */
  private static final Pattern ALIAS =
      Pattern.compile("dall-e-[23]|(chat)?gpt-image-[\\w.-]{1,40}");

  private static final int LONGEST_NAME = 200;

  /**
   * Finds the model of a request.
   *
   * @param asked by name; the default model if that is empty
   */
  static NamedModel find(Desk desk, Optional<String> asked) {
    List<String> names = desk.models();
    String name =
        asked.filter(wanted -> names.contains(wanted) || !isAlias(wanted)).orElse(names.getFirst());
    if (name.isEmpty()) {
      throw Refusal.ofField(
          "model", "model must not be empty; leave it out for " + names.getFirst());
    }
    Path folder =
        Optional.of(name)
            .filter(known -> known.length() <= LONGEST_NAME)
            .flatMap(desk::model)
            .orElseThrow(() ->
                Refusal.ofField(
                    404,
                    "model",
                    "there is no model %s here; there are %s"
                        .formatted(FileLabel.quote(name), String.join(", ", names))));
    try {
      return new NamedModel(name, ModelCard.read(folder));
    } catch (BrokenFileException broken) {
      throw Refusal.ofField(
          "model", "the model %s cannot be used; its files are broken".formatted(name));
    }
  }

  /** {@return whether a name is another's, for which the default model stands in} */
  static boolean isAlias(String name) {
    return ALIAS.matcher(name).matches();
  }
}
