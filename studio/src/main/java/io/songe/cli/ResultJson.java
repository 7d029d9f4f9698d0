package io.songe.cli;

import io.songe.foreign.ForeignRecipe;
import io.songe.foreign.Remark;
import io.songe.pipeline.Recipe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
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

  /** {@return how a picture of another program was made; what its file does not say is left out} */
  static String foreign(ForeignRecipe recipe) {
    ObjectNode line = JSON.createObjectNode();
    line.put("program", recipe.program().label());
    recipe.version().ifPresent(version -> line.put("version", version));
    line.put("prompt", recipe.prompt());
    line.put("negative_prompt", recipe.negativePrompt());
    recipe.seed().ifPresent(seed -> line.put("seed", seed));
    recipe.size().ifPresent(size -> line.put("width", size.width()).put("height", size.height()));
    recipe.steps().ifPresent(steps -> line.put("steps", steps));
    recipe.guidance().ifPresent(scale -> line.put("guidance", scale));
    recipe.sampler().ifPresent(name -> line.put("sampler", name));
    recipe.schedule().ifPresent(name -> line.put("schedule", name));
    recipe.strength().ifPresent(strength -> line.put("strength", strength));
    recipe.clipSkip().ifPresent(layer -> line.put("clip_skip", layer));
    recipe.model().ifPresent(name -> line.put("model", name));
    recipe.modelHash().ifPresent(hash -> line.put("model_hash", hash));
    line.put("noise", recipe.noise().name().toLowerCase(Locale.ROOT));
    ArrayNode unused = line.putArray("not_understood");
    for (Remark remark : recipe.remarks()) {
      switch (remark) {
        case Remark.Unused(String name, String value) ->
            unused.addObject().put("name", name).put("value", value);
        case Remark.SeveralSamplers(int count) -> line.put("samplers", count);
        case Remark.BegunWithPicture _ -> {} // its strength is there
      }
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
