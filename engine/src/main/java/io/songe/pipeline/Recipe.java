package io.songe.pipeline;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.songe.checkpoint.Checkpoint;
import io.songe.checkpoint.ModelCard;
import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.image.Colour;
import io.songe.text.Prompt;
import io.songe.text.syntax.PromptSyntax;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that is needed to make one picture again, as it is stored in the picture's file.
 *
 * @param format of this record, 2; what was stored in format 1 is read as what it meant then
 * @param software that made the picture, with its version
 * @param model the model's name
 * @param weightsSha256 SHA-256 of the U-Net's weights, in hexadecimal digits
 * @param prompt what was asked for, styles included
 * @param width in pixels
 * @param height in pixels
 * @param steps of the sampler
 * @param guidanceScale of classifier-free guidance; 1 is none
 * @param guidanceRescale of classifier-free guidance, 0 to 1
 * @param sampler its id
 * @param schedule the id of the noise levels' schedule
 * @param seed of this picture alone
 * @param precision in which the networks computed, {@code fp32} or {@code bf16}
 * @param background that the picture was laid over, in a notation of {@link Colour#parse}; {@code
 *     transparent} if it is as the model drew it
 * @param edit how it was drawn otherwise than from noise; empty if it was not
 * @param syntax of the prompt, the id of a {@link PromptSyntax}
 * @param clipSkip which layer of the text encoders was read; 1 is the usual
 * @param adapters that the model was changed by
 */
public record Recipe(
    int format,
    String software,
    String model,
    String weightsSha256,
    Prompt prompt,
    int width,
    int height,
    int steps,
    double guidanceScale,
    double guidanceRescale,
    String sampler,
    String schedule,
    long seed,
    String precision,
    String background,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<EditRecipe> edit,
    String syntax,
    int clipSkip,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AppliedAdapter> adapters) {
  /** A recipe with its list copied. */
  public Recipe {
    adapters = List.copyOf(adapters);
  }

  /** The background of a picture that is as the model drew it. */
  static final String NO_BACKGROUND = "transparent";

  /** The keyword of the text chunk that holds a recipe. */
  public static final String KEYWORD = "songe";

  /** The format that this version writes. */
  public static final int FORMAT = 2;

  private static final int FIRST_FORMAT = 1;

  /** What is new in format 2, with what pictures of format 1 were drawn with. */
  private static final String NEW =
      """
      {"syntax": "literal", "clipSkip": 1}
      """;

  /** Reads strictly: a recipe of which a part was not understood would make another picture. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          // else Prompt.isBlank would become a part of the prompt
          .changeDefaultVisibility(visible -> visible.withIsGetterVisibility(Visibility.NONE))
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /**
   * The recipe of one picture of a request.
   *
   * @param model that drew it
   * @param seed of this picture
   */
  static Recipe of(GenerationRequest request, Checkpoint model, long seed) {
    return of(
        request.withSeed(seed),
        model.card().name(),
        model.weightsSha256(),
        Precision.of(model.dtype()),
        model.adapters());
  }

  /**
   * The recipe that the first picture of a request is going to have, before its model is opened.
   *
   * @param request what is to be drawn
   * @param model that is to draw it; if its card does not say the SHA-256 of the weights, the
   *     recipe's is empty until the picture is drawn
   * @param precision in which the networks shall compute
   * @param adapters that the model is to be changed by
   * @return the recipe
   */
  public static Recipe planned(
      GenerationRequest request,
      ModelCard model,
      Precision precision,
      List<AppliedAdapter> adapters) {
    return of(
        request, model.name(), model.weightsSha256().orElse(""), precision.resolved(), adapters);
  }

  private static Recipe of(
      GenerationRequest request,
      String model,
      String weightsSha256,
      Precision precision,
      List<AppliedAdapter> adapters) {
    double scale = 1;
    double rescale = 0;
    if (request.guidance() instanceof Guidance.ClassifierFree guided) {
      scale = guided.scale();
      rescale = guided.rescale();
    }
    return new Recipe(
        FORMAT,
        Version.software(),
        model,
        weightsSha256,
        request.prompt(),
        request.width(),
        request.height(),
        request.steps(),
        scale,
        rescale,
        request.sampler().sampler().id(),
        request.sampler().schedule().id(),
        request.seed(),
        precision.id(),
        NO_BACKGROUND,
        EditRecipe.of(request.edit()),
        request.reading().syntax().id(),
        request.reading().clipSkip(),
        adapters);
  }

  /**
   * This recipe for the same picture over a background.
   *
   * @param colour that shows where the picture is not opaque
   * @return the changed copy
   */
  public Recipe over(Colour colour) {
    return new Recipe(
        format,
        software,
        model,
        weightsSha256,
        prompt,
        width,
        height,
        steps,
        guidanceScale,
        guidanceRescale,
        sampler,
        schedule,
        seed,
        precision,
        colour.toString(),
        edit,
        syntax,
        clipSkip,
        adapters);
  }

  /**
   * {@return how the prompt was read}
   *
   * @throws io.songe.error.InvalidRequestException if this version cannot
   */
  PromptReading reading() {
    return new PromptReading(PromptSyntax.named(syntax), clipSkip);
  }

  /** {@return the sampler's name as people are shown it} */
  String samplerLabel() {
    return Samplers.get(sampler).label();
  }

  /** {@return the schedule's name as people are shown it} */
  String scheduleLabel() {
    return SigmaSchedules.get(schedule).label();
  }

  /**
   * {@return fingerprints of the pictures it begins with: none, one, or a picture's and a mask's}
   */
  public List<String> sources() {
    return edit.stream()
        .flatMap(each -> each.pictures().stream())
        .map(picture -> picture.sha256().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** {@return this recipe as one line of JSON} */
  public String toJson() {
    return JSON.writeValueAsString(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param json of any origin
   * @return the recipe
   * @throws BrokenFileException if it is no recipe, or one of a later version of Songe
   */
  public static Recipe fromJson(String json) {
    try {
      JsonNode stored = JSON.readTree(json);
      JsonNode format = stored.path("format");
      if (format.isIntegralNumber() && format.asLong() > FORMAT) {
        throw ofLaterFormat(format.asLong(), stored.path("software").asString(""));
      }
      if (stored instanceof ObjectNode recipe && !recipe.has("edit")) {
        recipe.putNull("edit"); // as in every picture that was drawn from noise
      }
      if (stored instanceof ObjectNode object && !object.has("adapters")) {
        object.putArray("adapters"); // by the model as it is
      }
      return JSON.treeToValue(upgraded(stored), Recipe.class);
    } catch (JacksonException garbled) {
      throw new BrokenFileException(
          "the recipe in this picture cannot be understood: "
              + FileLabel.shorten(garbled.getOriginalMessage()),
          garbled);
    }
  }

  /** A recipe of the first format as one of today's that means the same. */
  private static JsonNode upgraded(JsonNode stored) {
    if (!(stored instanceof ObjectNode recipe)
        || recipe.path("format").asInt(FORMAT) != FIRST_FORMAT) {
      return stored;
    }
    for (Map.Entry<String, JsonNode> field : JSON.readTree(NEW).properties()) {
      if (recipe.has(field.getKey())) {
        throw new BrokenFileException(
            "the recipe in this picture cannot be understood: format 1 has no field "
                + field.getKey());
      }
      recipe.set(field.getKey(), field.getValue());
    }
    return recipe.put("format", FORMAT);
  }

  private static BrokenFileException ofLaterFormat(long format, String software) {
    return new BrokenFileException(
        "the recipe in this picture has the format "
            + format
            + ", made by "
            + FileLabel.shorten(software)
            + "; this version reads format "
            + FORMAT
            + ", use a newer one");
  }

  /**
   * Finds the recipe in a picture's texts.
   *
   * @param texts of a PNG file, by keyword
   * @return its recipe, empty if it was not made by Songe
   * @throws BrokenFileException if there is one that cannot be understood
   */
  public static Optional<Recipe> of(Map<String, String> texts) {
    return Optional.ofNullable(texts.get(KEYWORD)).map(Recipe::fromJson);
  }
}
