package io.songe.foreign;

import io.songe.image.Parameter;
import io.songe.image.ParametersText;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** What the keys of a {@link ParametersText} mean. */
final class WebUiParameters {
  private static final String VERSION = "Version";

  private WebUiParameters() {}

  /**
   * Reads a text.
   *
   * @param byFooocus whether the file says that Fooocus wrote it
   */
  static ForeignRecipe read(String text, boolean byFooocus) {
    ParametersText parsed = ParametersText.parse(text);
    SequencedMap<String, String> values = new LinkedHashMap<>();
    for (Parameter parameter : parsed.parameters()) {
      values.put(parameter.key(), parameter.value());
    }
    Program program = byFooocus ? Program.FOOOCUS : program(values.getOrDefault(VERSION, ""));
    var draft = new RecipeDraft(program);
    draft.prompt(parsed.prompt());
    draft.negativePrompt(parsed.negativePrompt());
    // By custom the generator is named only where it is not the one of graphics cards.
    draft.noise(program == Program.A1111 ? Noise.GRAPHICS : Noise.UNKNOWN);
    values.forEach((key, value) -> read(key, value, draft));
    return draft.finish();
  }

  /** Programs that write as A1111 does put their name before their version. */
  private static Program program(String version) {
    return Arrays.stream(Program.values())
        .filter(each -> version.startsWith(each.label()))
        .findFirst()
        .orElse(Program.A1111);
  }

  private static void read(String key, String value, RecipeDraft draft) {
    switch (key) {
      case "Steps" -> draft.steps(key, value);
      case "Sampler" -> draft.sampler(value);
      case "Schedule type", "Scheduler" -> draft.schedule(value);
      case "CFG scale" -> draft.guidance(key, value);
      case "Seed" -> draft.seed(key, value);
      case "Size" -> draft.size(key, value);
      case "Model" -> draft.model(value);
      case "Model hash" -> draft.modelHash(value);
      case "Clip skip" -> draft.clipSkip(key, value);
      case "Denoising strength" -> draft.strength(key, value);
      case VERSION -> draft.version(value);
      case "RNG" -> readNoise(key, value, draft);
      default -> draft.unused(key, value);
    }
  }

  private static void readNoise(String key, String value, RecipeDraft draft) {
    switch (value) {
      case "CPU" -> draft.noise(Noise.PROCESSOR);
      case "GPU", "NV" -> draft.noise(Noise.GRAPHICS);
      default -> {
        draft.noise(Noise.UNKNOWN);
        draft.unused(key, value);
      }
    }
  }
}
