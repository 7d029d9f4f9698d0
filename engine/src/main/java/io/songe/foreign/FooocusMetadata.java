package io.songe.foreign;

import tools.jackson.databind.node.ObjectNode;

/** What Fooocus writes, if it is asked for its own scheme rather than A1111's. */
final class FooocusMetadata {
  private FooocusMetadata() {}

  static ForeignRecipe read(ObjectNode json) {
    var draft = new RecipeDraft(Program.FOOOCUS);
    var fields = new JsonFields(json);
    fields.text("version", draft::version);
    fields.text("prompt", draft::prompt);
    fields.text("negative_prompt", draft::negativePrompt);
    fields.named("seed", draft::seed);
    fields.named("steps", draft::steps);
    fields.named("guidance_scale", draft::guidance);
    fields.text("sampler", draft::sampler);
    fields.text("scheduler", draft::schedule);
    fields.named("resolution", draft::size);
    fields.text("base_model", draft::model);
    fields.text("base_model_hash", draft::modelHash);
    fields.named("clip_skip", draft::clipSkip);
    // The full prompts are the prompts with their styles; of the styles there is a remark.
    fields.pass("full_prompt", "full_negative_prompt", "metadata_scheme", "created_by");
    passUnless(fields, "refiner_model", "None", draft);
    passUnless(fields, "vae", "Default (model)", draft);
    fields.remarkOnRest(draft);
    return draft.finish();
  }

  private static void passUnless(
      JsonFields fields, String name, String nothing, RecipeDraft draft) {
    fields
        .value(name)
        .filter(value -> !ForeignJson.isOff(value))
        .map(ForeignJson::shown)
        .filter(value -> !value.equals(nothing))
        .ifPresent(value -> draft.unused(name, value));
  }
}
