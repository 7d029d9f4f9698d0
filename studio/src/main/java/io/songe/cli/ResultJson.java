package io.songe.cli;

import io.songe.image.Parameter;
import io.songe.image.ParametersText;
import io.songe.pipeline.Recipe;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Results as lines of JSON, for programs. */
final class ResultJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ResultJson() {}

  /** {@return a picture that was written: its file, how long it took, and its recipe's fields} */
  static String picture(Path file, Duration time, Recipe recipe) {
    ObjectNode line = JSON.createObjectNode();
    line.put("file", file.toString());
    line.put("seconds", time.toMillis() / 1000.0);
    line.setAll(fields(recipe));
    return text(line);
  }

  /** {@return a sheet that was written: its file and how many pictures it shows} */
  static String sheet(Path file, int pictures) {
    ObjectNode line = JSON.createObjectNode();
    line.put("file", file.toString());
    line.put("pictures", pictures);
    return text(line);
  }

  /** {@return a recipe} */
  static String recipe(Recipe recipe) {
    return text(fields(recipe));
  }

  private static ObjectNode fields(Recipe recipe) {
    return (ObjectNode) JSON.readTree(recipe.toJson());
  }

  /** {@return how a picture of another program was made} */
  static String parameters(ParametersText text) {
    ObjectNode line = JSON.createObjectNode();
    line.put("prompt", text.prompt());
    line.put("negative_prompt", text.negativePrompt());
    ObjectNode parameters = line.putObject("parameters");
    for (Parameter parameter : text.parameters()) {
      parameters.put(parameter.key(), parameter.value());
    }
    return text(line);
  }

  /** {@return what is said of a picture that tells nothing} */
  static String nothing() {
    return text(JSON.createObjectNode());
  }

  private static String text(ObjectNode line) {
    return Printable.json(JSON.writeValueAsString(line));
  }
}
