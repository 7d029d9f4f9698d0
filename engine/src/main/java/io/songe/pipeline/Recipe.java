package io.songe.pipeline;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.songe.checkpoint.Checkpoint;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.image.Colour;
import io.songe.text.Prompt;
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
 * @param format of this record, 1
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
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<EditRecipe> edit) {
  /** The background of a picture that is as the model drew it. */
  static final String NO_BACKGROUND = "transparent";

  /** The keyword of the text chunk that holds a recipe. */
  public static final String KEYWORD = "songe";

  /** The format that this version writes. */
  public static final int FORMAT = 1;

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
    double scale = 1;
    double rescale = 0;
    if (request.guidance() instanceof Guidance.ClassifierFree guided) {
      scale = guided.scale();
      rescale = guided.rescale();
    }
    return new Recipe(
        FORMAT,
        Version.software(),
        model.card().name(),
        model.weightsSha256(),
        request.prompt(),
        request.width(),
        request.height(),
        request.steps(),
        scale,
        rescale,
        request.sampler().sampler().id(),
        request.sampler().schedule().id(),
        seed,
        Precision.of(model.dtype()).id(),
        NO_BACKGROUND,
        EditRecipe.of(request.edit()));
  }

  /** {@return this recipe for the same picture over a background} */
  Recipe over(Colour colour) {
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
        edit);
  }

  /** {@return the sampler's name as people are shown it} */
  String samplerLabel() {
    return Samplers.get(sampler).label();
  }

  /** {@return the schedule's name as people are shown it} */
  String scheduleLabel() {
    return SigmaSchedules.get(schedule).label();
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
    Recipe recipe;
    try {
      JsonNode tree = JSON.readTree(json);
      if (tree instanceof ObjectNode object && !object.has("edit")) {
        object.putNull("edit"); // as in every recipe before there were edits
      }
      recipe = JSON.treeToValue(tree, Recipe.class);
    } catch (JacksonException garbled) {
      throw new BrokenFileException(
          "the recipe in this picture cannot be understood: "
              + FileLabel.shorten(garbled.getOriginalMessage()),
          garbled);
    }
    if (recipe.format != FORMAT) {
      throw new BrokenFileException(
          "the recipe in this picture has the format "
              + recipe.format
              + ", made by "
              + FileLabel.shorten(recipe.software)
              + "; this version reads format "
              + FORMAT
              + ", use a newer one");
    }
    return recipe;
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
