package io.songe.server.a1111;

import io.songe.file.FileLabel;
import io.songe.text.syntax.PromptSyntax;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The web UI's settings that have a meaning here. Each user has their own; a request may override
 * them for itself. Settings that could only be ignored are refused if the picture would be another
 * with them; all others of the web UI (where it saves, how it looks) are taken and do nothing.
 *
 * @param model by its name; empty for the usual one
 * @param clipSkip which layer of the text encoder is read
 * @param syntax how weights in the prompt are read
 */
record Settings(Optional<String> model, Optional<Integer> clipSkip, Optional<PromptSyntax> syntax) {
  /** Nothing was set. */
  static final Settings USUAL = new Settings(Optional.empty(), Optional.empty(), Optional.empty());

  static final String MODEL = "sd_model_checkpoint";
  static final String CLIP_SKIP = "CLIP_stop_at_last_layers";
  static final String EMPHASIS = "emphasis";
  private static final int MOST_CLIP_SKIP = 12;
  private static final List<String> NO_VAE = List.of("", "automatic", "none");

  /**
   * These settings changed.
   *
   * @param changes by the web UI's names
   * @param models to choose from
   * @throws io.songe.server.HttpFailure if one has a value that cannot be followed
   */
  Settings with(ObjectNode changes, ModelList models) {
    var fields = new RequestFields(changes);
    refuseOthers(fields);
    return new Settings(
        fields
            .text(MODEL)
            .filter(name -> !name.isBlank())
            .map(name -> named(name, models))
            .or(() -> model),
        fields.whole(CLIP_SKIP, 1, MOST_CLIP_SKIP).map(Math::toIntExact).or(() -> clipSkip),
        fields.text(EMPHASIS).map(Settings::syntax).or(() -> syntax));
  }

  private static String named(String name, ModelList models) {
    return models
        .find(name)
        .map(ModelList.Entry::name)
        .orElseThrow(() ->
            RequestFields.wrong(
                MODEL,
                "no model %s is here; sd-models lists those that are"
                    .formatted(FileLabel.quote(name))));
  }

  private static PromptSyntax syntax(String emphasis) {
    return switch (emphasis) {
      case "Original" -> PromptSyntax.A1111;
      case "No norm" -> PromptSyntax.PLAIN;
      case "None" -> PromptSyntax.LITERAL;
      default ->
          throw RequestFields.wrong(
              EMPHASIS, "emphasis can be Original, No norm or None, got " + emphasis);
    };
  }

  private static void refuseOthers(RequestFields fields) {
    fields
        .text("sd_vae")
        .filter(vae -> !NO_VAE.contains(vae.strip().toLowerCase(Locale.ROOT)))
        .ifPresent(vae -> {
          throw RequestFields.wrong(
              "sd_vae", "models are drawn with their own autoencoder here; leave it Automatic");
        });
    if (!fields.list("forge_additional_modules").isEmpty()) {
      throw RequestFields.wrong(
          "forge_additional_modules",
          "models are drawn with their own modules here; leave it empty");
    }
    fields
        .text("randn_source")
        .filter(source -> !source.equalsIgnoreCase("CPU"))
        .ifPresent(source -> {
          throw RequestFields.wrong(
              "randn_source", "noise is that of the processor here; leave it CPU");
        });
    Unsupported.only(fields, "eta_noise_seed_delta", 0);
    Unsupported.only(fields, "token_merging_ratio", 0);
    if (fields.flag("filter_nsfw", false)) {
      throw RequestFields.wrong("filter_nsfw", "there is no filter here; leave it false");
    }
    fields
        .text("samples_format")
        .filter(format -> !format.equalsIgnoreCase("png"))
        .ifPresent(format -> {
          throw RequestFields.wrong("samples_format", "pictures are PNG files here; take png");
        });
  }

  /** {@return the answer of {@code options}} */
  ObjectNode json(ModelList models) {
    ModelList.Entry entry = model.flatMap(models::find).orElseGet(models::usual);
    ObjectNode options = RequestFields.JSON.createObjectNode();
    options.put("samples_save", true);
    options.put("samples_format", "png");
    options.put("grid_save", false);
    options.put("return_grid", false);
    options.put("enable_pnginfo", true);
    options.put(MODEL, entry.title());
    JsonNode hash = options.stringNode(entry.card().weightsSha256().orElse(""));
    options.set("sd_checkpoint_hash", hash);
    options.put("sd_vae", "Automatic");
    options.put(CLIP_SKIP, clipSkip.orElse(1));
    options.put("randn_source", "CPU");
    options.put(
        EMPHASIS,
        switch (syntax.orElse(PromptSyntax.A1111)) {
          case A1111 -> "Original";
          case PLAIN -> "No norm";
          case LITERAL -> "None";
        });
    options.put("eta_noise_seed_delta", 0);
    options.put("token_merging_ratio", 0.0);
    options.put("filter_nsfw", false);
    options.put("show_progress_type", "Full");
    options.put("live_previews_enable", true);
    options.put("live_previews_image_format", "png");
    return options;
  }
}
