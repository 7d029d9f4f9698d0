package io.songe.foreign;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What NovelAI writes: the prompt as a description, the rest as a comment of JSON. */
final class NovelAiComment {
  private static final String COMMENT = "Comment";
  private static final Pattern MODEL = Pattern.compile("(.{1,200}) ([0-9A-Fa-f]{6,64})");

  private NovelAiComment() {}

  static Optional<ForeignRecipe> read(Map<String, String> texts) {
    if (!Program.NOVELAI.label().equals(texts.get("Software"))) {
      return Optional.empty();
    }
    return Optional.ofNullable(texts.get(COMMENT))
        .filter(ForeignJson::looksLikeObject)
        .map(comment -> read(texts, comment));
  }

  private static ForeignRecipe read(Map<String, String> texts, String comment) {
    var draft = new RecipeDraft(Program.NOVELAI);
    var fields = new JsonFields(ForeignJson.read(COMMENT, comment));
    String description = texts.getOrDefault("Description", "");
    draft.prompt(fields.text("prompt").orElse(description));
    readSource(texts.getOrDefault("Source", ""), draft);
    fields.text("uc", draft::negativePrompt);
    fields.named("seed", draft::seed);
    fields.named("steps", draft::steps);
    fields.named("scale", draft::guidance);
    fields.text("sampler", draft::sampler);
    fields.text("noise_schedule", draft::schedule);
    readSize(fields, draft);
    readStrength(fields, draft);
    fields.pass("signed_hash", "version");
    fields.remarkOnRest(draft);
    return draft.finish();
  }

  /** The model's name and a fingerprint of it. */
  private static void readSource(String source, RecipeDraft draft) {
    Matcher parts = MODEL.matcher(source);
    if (parts.matches()) {
      draft.model(parts.group(1));
      draft.modelHash(parts.group(2));
    } else {
      draft.model(source);
    }
  }

  static void readSize(JsonFields fields, RecipeDraft draft) {
    Optional<String> width = fields.text("width");
    Optional<String> height = fields.text("height");
    if (width.isPresent() && height.isPresent()) {
      draft.size("width, height", width.get(), height.get());
    }
  }

  /** A strength is written for pictures too that were not begun with others. */
  private static void readStrength(JsonFields fields, RecipeDraft draft) {
    Optional<String> request = fields.text("request_type");
    boolean begun = request.filter(type -> !type.startsWith("PromptGenerate")).isPresent();
    if (begun) {
      request.ifPresent(type -> draft.unused("request_type", type));
      fields.named("strength", draft::strength);
    }
  }
}
