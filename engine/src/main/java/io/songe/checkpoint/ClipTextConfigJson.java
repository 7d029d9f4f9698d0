package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.format.JsonConfig;
import io.songe.model.clip.ClipTextConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A text encoder's {@code config.json}, as transformers writes it. */
final class ClipTextConfigJson {
  /** The published mark of the end that means "the largest id", whatever it is. */
  private static final int LEGACY_END = 2;

  /** Options of training, of generation, and of who wrote the file. */
  private static final Set<String> IGNORABLE =
      Set.of(
          "_name_or_path",
          "architectures",
          "attention_dropout",
          "bos_token_id",
          "dropout",
          "dtype",
          "initializer_factor",
          "initializer_range",
          "model_type",
          "pad_token_id",
          "torch_dtype",
          "transformers_version");

  private ClipTextConfigJson() {}

  /**
   * Reads a config.
   *
   * @param json the file
   * @param className the published class: with a projection or without
   * @return the config
   * @throws BrokenFileException if an option is unknown or has a value that is not
   */
  static ClipTextConfig read(JsonConfig json, String className) {
    int width = json.integer("hidden_size");
    int end = json.integer("eos_token_id", LEGACY_END);
    int projection = json.integer("projection_dim", 512);
    try {
      ClipTextConfig config =
          new ClipTextConfig(
              json.integer("vocab_size"),
              width,
              json.integer("intermediate_size"),
              json.integer("num_hidden_layers"),
              json.integer("num_attention_heads"),
              json.integer("max_position_embeddings"),
              activation(json),
              json.number("layer_norm_eps", 1e-5),
              end == LEGACY_END
                  ? new ClipTextConfig.EndOfText.LargestId()
                  : new ClipTextConfig.EndOfText.FirstOf(end),
              projection(className, projection, json.label()));
      json.refuseUnknown(IGNORABLE);
      return config;
    } catch (IllegalArgumentException impossible) {
      throw json.label().refused(impossible);
    }
  }

  private static ClipTextConfig.Activation activation(JsonConfig json) {
    String name = json.string("hidden_act", "quick_gelu");
    return switch (name) {
      case "quick_gelu" -> ClipTextConfig.Activation.QUICK_GELU;
      case "gelu" -> ClipTextConfig.Activation.GELU;
      default ->
          throw json.label()
              .broken(
                  "hidden_act %s is not known; quick_gelu and gelu are"
                      .formatted(FileLabel.quote(name)));
    };
  }

  private static ClipTextConfig.Projection projection(String className, int width, FileLabel file) {
    return switch (className) {
      case "CLIPTextModel" -> new ClipTextConfig.Projection.None();
      case "CLIPTextModelWithProjection" -> new ClipTextConfig.Projection.Shared(width);
      default ->
          throw file.broken(
              "a text encoder of class %s is not known; CLIPTextModel and CLIPTextModelWithProjection are"
                  .formatted(FileLabel.quote(className)));
    };
  }

  /**
   * Writes a config. Readers compute in FLOAT32 however the weights are stored: transformers would
   * take the stored type otherwise, and diffusers FLOAT32 for the networks beside it.
   *
   * @param config to write
   * @return its options
   */
  static Map<String, Object> write(ClipTextConfig config) {
    Map<String, Object> json = new TreeMap<>();
    json.put("architectures", List.of(className(config)));
    json.put("model_type", "clip_text_model");
    json.put("vocab_size", config.vocabulary());
    json.put("hidden_size", config.width());
    json.put("intermediate_size", config.intermediateWidth());
    json.put("num_hidden_layers", config.layers());
    json.put("num_attention_heads", config.heads());
    json.put("max_position_embeddings", config.positions());
    json.put(
        "hidden_act",
        switch (config.activation()) {
          case QUICK_GELU -> "quick_gelu";
          case GELU -> "gelu";
        });
    json.put("layer_norm_eps", config.epsilon());
    json.put("dtype", "float32");
    switch (config.end()) {
      case ClipTextConfig.EndOfText.LargestId _ -> json.put("eos_token_id", LEGACY_END);
      case ClipTextConfig.EndOfText.FirstOf(int id) -> {
        json.put("eos_token_id", id);
        json.put("pad_token_id", id);
        json.put("bos_token_id", id - 1); // so in all vocabularies of this kind
      }
    }
    json.put(
        "projection_dim",
        switch (config.projection()) {
          case ClipTextConfig.Projection.None _ -> config.width();
          case ClipTextConfig.Projection.Shared(int width) -> width;
        });
    return json;
  }

  /** {@return the published class of such an encoder} */
  static String className(ClipTextConfig config) {
    return switch (config.projection()) {
      case ClipTextConfig.Projection.None _ -> "CLIPTextModel";
      case ClipTextConfig.Projection.Shared _ -> "CLIPTextModelWithProjection";
    };
  }
}
