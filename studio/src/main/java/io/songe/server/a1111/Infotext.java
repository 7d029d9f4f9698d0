package io.songe.server.a1111;

import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.ParametersText;
import io.songe.tensor.Wrapping;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a picture was made, in the text that its file has under {@code parameters}, as defaults for a
 * request. As in the web UI, names of models and samplers that are not here are passed over, and so
 * is what has no field: such texts come from many programs.
 *
 * @param fields of a request
 * @param settings to be overridden
 * @param background that the picture was laid over
 * @param tiling the directions, where it was not in both
 * @param start what it was drawn from, if Songe drew it from a picture
 */
record Infotext(
    ObjectNode fields,
    ObjectNode settings,
    Optional<Colour> background,
    Optional<Wrapping> tiling,
    Optional<StoredStart> start) {
  private static final String STEPS = "Steps";
  private static final String SEED = "Seed";
  private static final String GUIDANCE = "CFG scale";
  private static final String RESCALE = "Guidance rescale";
  private static final String RESCALE_FIELD = "guidance_rescale";

  private static final List<String> RESIZE_MODES =
      List.of("Just resize", "Crop and resize", "Resize and fill");

  /** With these a prompt is no prompt, but such a text as a whole. */
  private static final Set<String> MARKS = Set.of(STEPS, "Sampler", SEED, "Size");

  /** What has a field of a plain value. */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry(STEPS, "steps"),
          Map.entry(GUIDANCE, "cfg_scale"),
          Map.entry(SEED, "seed"),
          Map.entry("Size-1", "width"),
          Map.entry("Size-2", "height"),
          Map.entry("Variation seed", "subseed"),
          Map.entry("Variation seed strength", "subseed_strength"),
          Map.entry("Seed resize from-1", "seed_resize_from_w"),
          Map.entry("Seed resize from-2", "seed_resize_from_h"),
          Map.entry("Denoising strength", "denoising_strength"),
          Map.entry("Hires resize-1", "hr_resize_x"),
          Map.entry("Hires resize-2", "hr_resize_y"),
          Map.entry("Hires upscale", "hr_scale"),
          Map.entry("Hires steps", "hr_second_pass_steps"),
          Map.entry("Hires upscaler", "hr_upscaler"),
          Map.entry("Hires sampler", "hr_sampler_name"),
          Map.entry("Hires prompt", "hr_prompt"),
          Map.entry("Hires negative prompt", "hr_negative_prompt"),
          Map.entry("Mask blur", "mask_blur"),
          Map.entry("Masked area padding", "inpaint_full_res_padding"),
          Map.entry(RESCALE, RESCALE_FIELD),
          Map.entry("Refiner", "refiner_checkpoint"),
          Map.entry("Refiner switch at", "refiner_switch_at"));

  /** A text that says nothing. */
  static final Infotext NONE =
      new Infotext(
          RequestFields.JSON.createObjectNode(),
          RequestFields.JSON.createObjectNode(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** {@return whether a prompt is the whole text of a picture's file} */
  static boolean isWhole(String prompt) {
    Map<String, String> said = ParametersText.parse(prompt).withSizesSplit();
    return MARKS.stream().allMatch(mark -> said.containsKey(mark) || said.containsKey(mark + "-1"));
  }

  /**
   * Reads a text.
   *
   * @param text of any origin
   * @param models of which it may name one
   * @throws io.songe.server.HttpFailure if a value of Songe's own cannot be understood
   */
  static Infotext parse(String text, ModelList models) {
    ParametersText parsed = ParametersText.parse(text);
    Map<String, String> said = parsed.withSizesSplit();
    ObjectNode fields = RequestFields.JSON.createObjectNode();
    fields.put("prompt", parsed.prompt());
    fields.put("negative_prompt", parsed.negativePrompt());
    FIELDS.forEach(
        (key, field) -> Optional.ofNullable(said.get(key)).ifPresent(v -> fields.put(field, v)));
    if (said.containsKey(GUIDANCE)) {
      // Where it is not said there was none, whatever the model's own.
      fields.put(RESCALE_FIELD, said.getOrDefault(RESCALE, "0"));
    }
    readSampler(said, fields);
    readEditing(said, fields);
    return new Infotext(
        fields,
        settings(said, models),
        Optional.ofNullable(said.get("Background")).map(Infotext::colour),
        Optional.ofNullable(said.get("Tiling direction")).map(Infotext::direction),
        StoredStart.of(said));
  }

  private static void readSampler(Map<String, String> said, ObjectNode fields) {
    String sampler = said.getOrDefault("Sampler", "");
    String schedule = said.getOrDefault("Schedule type", "");
    try {
      Samplers.choose(sampler, "");
      fields.put("sampler_name", sampler);
    } catch (InvalidRequestException unknown) {
      return; // "Undefined" and the like; a schedule alone would mean another
    }
    if (SigmaSchedules.catalogue().find(schedule).isPresent()) {
      fields.put("scheduler", schedule);
    }
  }

  private static void readEditing(Map<String, String> said, ObjectNode fields) {
    if (said.keySet().stream().anyMatch(key -> key.startsWith("Hires "))) {
      fields.put("enable_hr", true);
    }
    if ("True".equals(said.get("Tiling"))) {
      fields.put("tiling", true);
    }
    if (said.containsKey("Face restoration")) {
      fields.put("restore_faces", true);
    }
    int mode = RESIZE_MODES.indexOf(said.getOrDefault("Resize mode", ""));
    if (mode >= 0) {
      fields.put("resize_mode", mode);
    }
    if (said.containsKey("Masked content") || said.containsKey("Mask blur")) {
      fields.put(
          "inpainting_fill",
          StartReader.CONTENTS.indexOf(said.getOrDefault("Masked content", "original")));
      fields.put("inpaint_full_res", "Only masked".equals(said.get("Inpaint area")));
      fields.put(
          "inpainting_mask_invert", "Inpaint not masked".equals(said.get("Mask mode")) ? 1 : 0);
    }
  }

  private static ObjectNode settings(Map<String, String> said, ModelList models) {
    ObjectNode settings = RequestFields.JSON.createObjectNode();
    Optional.ofNullable(said.get("Model"))
        .flatMap(models::find)
        .or(() -> Optional.ofNullable(said.get("Model hash")).flatMap(models::find))
        .ifPresent(model -> settings.put(Settings.MODEL, model.name()));
    // Some sites write 0 where nothing was skipped.
    Optional.ofNullable(said.get("Clip skip"))
        .filter(skip -> !skip.equals("0"))
        .ifPresent(skip -> settings.put(Settings.CLIP_SKIP, skip));
    // Where it is not said it is the usual one, whatever the user's setting.
    settings.put(Settings.EMPHASIS, said.getOrDefault("Emphasis", "Original"));
    return settings;
  }

  private static Colour colour(String text) {
    try {
      return Colour.parse(text);
    } catch (InvalidRequestException unknown) {
      throw RequestFields.wrong("infotext", String.valueOf(unknown.getMessage()));
    }
  }

  private static Wrapping direction(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "x" -> Wrapping.X;
      case "y" -> Wrapping.Y;
      default ->
          throw RequestFields.wrong("infotext", "the tiling direction must be x or y, got " + text);
    };
  }
}
