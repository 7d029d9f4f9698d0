package io.songe.foreign;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What InvokeAI writes: since version 3 in one object, before in another, first as a command. */
final class InvokeAiMetadata {
  private static final String PRESENT = "invokeai_metadata";
  private static final String OLD = "sd-metadata";
  private static final String COMMAND = "Dream";

  private InvokeAiMetadata() {}

  static Optional<ForeignRecipe> read(Map<String, String> texts) {
    return Optional.ofNullable(texts.get(PRESENT))
        .filter(ForeignJson::looksLikeObject)
        .map(InvokeAiMetadata::readPresent)
        .or(() ->
            Optional.ofNullable(texts.get(OLD))
                .filter(ForeignJson::looksLikeObject)
                .map(InvokeAiMetadata::readOld))
        .or(() -> Optional.ofNullable(texts.get(COMMAND)).flatMap(DreamCommand::read));
  }

  private static ForeignRecipe readPresent(String json) {
    var draft = new RecipeDraft(Program.INVOKEAI);
    var fields = new JsonFields(ForeignJson.read(PRESENT, json));
    fields.text("app_version", draft::version);
    fields.text("positive_prompt", draft::prompt);
    fields.text("negative_prompt", draft::negativePrompt);
    fields.named("seed", draft::seed);
    fields.named("steps", draft::steps);
    fields.named("cfg_scale", draft::guidance);
    fields.text("scheduler", draft::sampler);
    NovelAiComment.readSize(fields, draft);
    fields.object("model").ifPresent(model -> readModel(model, draft));
    fields.named("clip_skip", (name, skipped) -> readClipSkip(name, skipped, draft));
    fields.named("strength", draft::strength);
    fields.text(
        "rand_device",
        device -> draft.noise(device.equals("cpu") ? Noise.PROCESSOR : Noise.GRAPHICS));
    fields
        .text("generation_mode")
        .filter(mode -> !mode.endsWith("txt2img"))
        .ifPresent(mode -> draft.unused("generation_mode", mode));
    fields.remarkOnRest(draft);
    return draft.finish();
  }

  private static void readModel(JsonFields model, RecipeDraft draft) {
    model.text("model_name").or(() -> model.text("name")).ifPresent(draft::model);
    model.text("hash", draft::modelHash);
  }

  /** Layers are counted from 0 here. */
  private static void readClipSkip(String name, String skipped, RecipeDraft draft) {
    if (skipped.matches("\\d{1,3}")) {
      draft.clipSkip(name, String.valueOf(Integer.parseInt(skipped) + 1));
    } else {
      draft.unused(name, skipped);
    }
  }

  private static ForeignRecipe readOld(String json) {
    var draft = new RecipeDraft(Program.INVOKEAI);
    var fields = new JsonFields(ForeignJson.read(OLD, json));
    fields.text("app_version", draft::version);
    fields.text("model_weights", draft::model);
    fields.text("model_hash", draft::modelHash);
    fields.pass("model", "model_id", "app_id");
    fields.object("image").ifPresent(image -> readImage(image, draft));
    fields.remarkOnRest(draft);
    return draft.finish();
  }

  private static void readImage(JsonFields image, RecipeDraft draft) {
    image.value("prompt").ifPresent(prompt -> readPrompt(prompt, draft));
    image.named("seed", draft::seed);
    image.named("steps", draft::steps);
    image.named("cfg_scale", draft::guidance);
    image.text("sampler", draft::sampler);
    NovelAiComment.readSize(image, draft);
    image.named("strength", draft::strength);
    image
        .text("type")
        .filter(type -> !type.equals("txt2img"))
        .ifPresent(type -> draft.unused("type", type));
    image.remarkOnRest(draft);
  }

  /** One text, or several with weights, of which only a single one can be drawn here. */
  private static void readPrompt(JsonNode prompt, RecipeDraft draft) {
    if (prompt.isString()) {
      DreamCommand.splitPrompt(prompt.stringValue(), draft);
      return;
    }
    if (prompt instanceof ArrayNode parts && !parts.isEmpty()) {
      DreamCommand.splitPrompt(parts.get(0).path("prompt").asString(""), draft);
      for (int i = 1; i < parts.size(); i++) {
        draft.unused("prompt", ForeignJson.shown(parts.get(i)));
      }
    }
  }
}
