package io.songe.checkpoint.adapter;

import io.songe.file.FileLabel;
import io.songe.format.JsonConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The alphas that stand beside a LoRA's tensors and not among them: in the header of files that
 * diffusers writes, {@code lora_adapter_metadata}, and in PEFT's {@code adapter_config.json}. Where
 * none says otherwise alpha is the rank.
 */
final class LoraAlphas {
  private static final String HEADER = "lora_adapter_metadata";
  private static final String BESIDE = "adapter_config.json";
  private static final String PEFT_FILE = "adapter_model.";
  private static final List<String> COMPONENTS = List.of("unet", "text_encoder", "text_encoder_2");

  private final Map<String, JsonConfig> prefixes = new HashMap<>();
  private final Optional<JsonConfig> options;

  private LoraAlphas(Optional<JsonConfig> options) {
    this.options = options;
  }

  /**
   * Reads what stands beside a file's tensors.
   *
   * @throws io.songe.error.BrokenFileException if it is garbled, or says that this is no plain LoRA
   */
  static LoraAlphas read(Path file, Map<String, String> metadata) {
    String header = metadata.get(HEADER);
    if (header != null) {
      LoraAlphas alphas = new LoraAlphas(Optional.of(JsonConfig.parse(HEADER, header)));
      COMPONENTS.forEach(component -> alphas.requirePlain(component + "."));
      return alphas;
    }
    Path beside = file.resolveSibling(BESIDE);
    if (String.valueOf(file.getFileName()).startsWith(PEFT_FILE) && Files.isRegularFile(beside)) {
      LoraAlphas alphas = new LoraAlphas(Optional.of(JsonConfig.read(beside)));
      alphas.requirePlain("");
      return alphas;
    }
    return new LoraAlphas(Optional.empty());
  }

  private void requirePlain(String prefix) {
    JsonConfig json = options.orElseThrow();
    String type = json.optionalString(prefix + "peft_type").orElse("LORA");
    if (!type.equals("LORA") || json.flag(prefix + "use_dora", false)) {
      throw json.label()
          .broken(
              "is an adapter of the kind %s, which this version does not apply; LoRA and LoCon are"
                  .formatted(type.equals("LORA") ? "DoRA" : FileLabel.quote(type)));
    }
  }

  /** {@return by what a module's product is multiplied} */
  double scale(String module, int rank) {
    if (options.isEmpty()) {
      return 1;
    }
    JsonConfig json = options.get();
    String component =
        COMPONENTS.stream().filter(each -> module.startsWith(each + ".")).findFirst().orElse("");
    String prefix = json.has(component + ".lora_alpha") ? component + "." : "";
    double alpha = pattern(json, prefix, module).orElse(json.number(prefix + "lora_alpha", rank));
    return json.flag(prefix + "use_rslora", false) ? alpha / Math.sqrt(rank) : alpha / rank;
  }

  /** Of a module that has an alpha of its own; the pattern is a path, or the end of one. */
  private Optional<Double> pattern(JsonConfig json, String prefix, String module) {
    JsonConfig own =
        prefixes.computeIfAbsent(
            prefix,
            key ->
                json.optionalObject(key + "alpha_pattern").orElse(JsonConfig.parse(HEADER, "{}")));
    return own.keys().stream()
        .filter(path -> module.equals(path) || module.endsWith("." + path))
        .map(own::number)
        .findFirst();
  }
}
