package io.songe.pipeline;

import io.songe.checkpoint.ModelCard;
import io.songe.checkpoint.ModelOutline;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.InvalidRequestException;
import io.songe.image.Image;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Start;
import io.songe.pipeline.edit.Variation;
import io.songe.tensor.Wrapping;
import io.songe.text.Prompt;

/**
 * What to draw and how. {@link TextToImage#request} gives one with a model's own settings, to be
 * changed by {@link #withSize} and its like.
 *
 * @param prompt what to draw, and what to keep away from
 * @param width in pixels, a multiple of 8
 * @param height in pixels, a multiple of 8
 * @param steps of the sampler, 1 to 1000
 * @param guidance how strongly the picture is drawn towards the prompt
 * @param sampler the algorithm and its schedule of noise levels
 * @param seed of the first picture; picture i has {@code seed + i}, and can be made again alone
 * @param count how many pictures, 1 to 1000
 * @param edit a start picture, tiling, a variation, a second pass; {@link Edit#NONE} for none
 * @param reading how the prompt is read
 */
public record GenerationRequest(
    Prompt prompt,
    int width,
    int height,
    int steps,
    Guidance guidance,
    Samplers.Choice sampler,
    long seed,
    int count,
    Edit edit,
    PromptReading reading) {
  /** What the sides of a picture are multiples of: one latent stands for so many pixels. */
  public static final int SIDE_MULTIPLE = 8;

  /** The most pixels of a picture. */
  public static final int MAX_PIXELS = 4096 * 4096;

  private static final int LARGEST_SIDE = 4096;
  private static final int MOST = 1000;

  /**
   * Checks everything that can be known without the model.
   *
   * @throws InvalidRequestException if a number is out of its range
   */
  public GenerationRequest {
    requireSides("", width, height, SIDE_MULTIPLE);
    requireSize(width, height);
    requireRange("number of steps", steps);
    requireRange("number of pictures", count);
    if (edit.secondPass() instanceof SecondPass.Enlarged enlarged) {
      requireSides(" for the second pass", enlarged.width(), enlarged.height(), SIDE_MULTIPLE);
      requireSize(enlarged.width(), enlarged.height());
    }
    if (edit.start() instanceof Start.Extended extended) {
      requireExtended(extended, width, height);
    }
  }

  /**
   * A request that draws from noise and nothing else, of a prompt that is read in the usual way.
   *
   * @param prompt what to draw, and what to keep away from
   * @param width in pixels, a multiple of 8
   * @param height in pixels, a multiple of 8
   * @param steps of the sampler, 1 to 1000
   * @param guidance how strongly the picture is drawn towards the prompt
   * @param sampler the algorithm and its schedule of noise levels
   * @param seed of the first picture
   * @param count how many pictures, 1 to 1000
   */
  public GenerationRequest(
      Prompt prompt,
      int width,
      int height,
      int steps,
      Guidance guidance,
      Samplers.Choice sampler,
      long seed,
      int count) {
    this(
        prompt,
        width,
        height,
        steps,
        guidance,
        sampler,
        seed,
        count,
        Edit.NONE,
        PromptReading.usual());
  }

  /**
   * A request with a model's own settings: its size, steps, guidance and sampler.
   *
   * @param model that is to draw; need not be open
   * @param phrase what to draw
   * @param seed which of all such pictures
   * @return a request for one picture
   */
  public static GenerationRequest usual(ModelOutline model, String phrase, long seed) {
    ModelCard card = model.card();
    return new GenerationRequest(
        Prompt.of(phrase),
        card.side(),
        card.side(),
        card.steps(),
        new Guidance.ClassifierFree(card.guidanceScale(), card.guidanceRescale()),
        Samplers.of(model.scheduler()),
        seed,
        1);
  }

  private static void requireSize(int width, int height) {
    if ((long) width * height > MAX_PIXELS) {
      throw new InvalidRequestException(
          "a picture has at most %d pixels, got %dx%d; take a smaller size"
              .formatted(MAX_PIXELS, width, height));
    }
  }

  private static void requireExtended(Start.Extended start, int width, int height) {
    Image picture = start.picture().image();
    int wide = start.margins().width(picture.width());
    int tall = start.margins().height(picture.height());
    if (wide != width || tall != height) {
      throw new InvalidRequestException(
          "with its margins the picture is %1$dx%2$d, and %3$dx%4$d was asked for; ask for %1$dx%2$d"
              .formatted(wide, tall, width, height));
    }
  }

  /**
   * Checks what only the model knows.
   *
   * @param multiple what its pictures' sides are multiples of
   * @throws InvalidRequestException if this request's are not
   */
  void requireSidesOf(int multiple) {
    requireSides(" for this model", width, height, multiple);
    if (edit.secondPass() instanceof SecondPass.Enlarged enlarged) {
      requireSides(
          " for the second pass of this model", enlarged.width(), enlarged.height(), multiple);
    }
  }

  private static void requireSides(String where, int width, int height, int multiple) {
    if (width < 1 || height < 1 || width % multiple != 0 || height % multiple != 0) {
      throw new InvalidRequestException(
          "width and height must be positive multiples of %d%s, got %dx%d; try %dx%d"
              .formatted(
                  multiple,
                  where,
                  width,
                  height,
                  nearestSide(width, multiple),
                  nearestSide(height, multiple)));
    }
  }

  private static void requireRange(String what, int value) {
    if (value < 1 || value > MOST) {
      throw new InvalidRequestException(
          "the " + what + " must be from 1 to " + MOST + ", got " + value);
    }
  }

  private static int nearestSide(int side, int multiple) {
    return Math.clamp((side + multiple / 2L) / multiple, 1, LARGEST_SIDE / multiple) * multiple;
  }

  /**
   * {@return this request for another prompt}
   *
   * @param other the prompt
   */
  public GenerationRequest withPrompt(Prompt other) {
    return new GenerationRequest(
        other, width, height, steps, guidance, sampler, seed, count, edit, reading);
  }

  /**
   * {@return this request at another size, in pixels}
   *
   * @param w width
   * @param h height
   */
  public GenerationRequest withSize(int w, int h) {
    return new GenerationRequest(
        prompt, w, h, steps, guidance, sampler, seed, count, edit, reading);
  }

  /**
   * {@return this request with another number of steps}
   *
   * @param number of steps
   */
  public GenerationRequest withSteps(int number) {
    return new GenerationRequest(
        prompt, width, height, number, guidance, sampler, seed, count, edit, reading);
  }

  /**
   * {@return this request with another guidance}
   *
   * @param other the guidance
   */
  public GenerationRequest withGuidance(Guidance other) {
    return new GenerationRequest(
        prompt, width, height, steps, other, sampler, seed, count, edit, reading);
  }

  /**
   * {@return this request with another sampler}
   *
   * @param other the sampler and its schedule
   */
  public GenerationRequest withSampler(Samplers.Choice other) {
    return new GenerationRequest(
        prompt, width, height, steps, guidance, other, seed, count, edit, reading);
  }

  /**
   * {@return this request with another seed}
   *
   * @param other the seed
   */
  public GenerationRequest withSeed(long other) {
    return new GenerationRequest(
        prompt, width, height, steps, guidance, sampler, other, count, edit, reading);
  }

  /**
   * {@return this request for another number of pictures}
   *
   * @param number of pictures
   */
  public GenerationRequest withCount(int number) {
    return new GenerationRequest(
        prompt, width, height, steps, guidance, sampler, seed, number, edit, reading);
  }

  /**
   * {@return this request with another edit}
   *
   * @param other the edit
   */
  public GenerationRequest withEdit(Edit other) {
    return new GenerationRequest(
        prompt, width, height, steps, guidance, sampler, seed, count, other, reading);
  }

  /**
   * {@return this request with another start, such as a picture}
   *
   * @param start what the drawing begins with
   */
  public GenerationRequest from(Start start) {
    return withEdit(edit.withStart(start));
  }

  /**
   * {@return this request for pictures that can be laid side by side without a seam}
   *
   * @param directions in which
   */
  public GenerationRequest withTiling(Wrapping directions) {
    return withEdit(edit.withTiling(directions));
  }

  /**
   * {@return this request with the noise of another seed mixed in}
   *
   * @param variation which and how much
   */
  public GenerationRequest withVariation(Variation variation) {
    return withEdit(edit.withVariation(variation));
  }

  /**
   * {@return this request with a second pass at a higher resolution}
   *
   * @param pass the second pass
   */
  public GenerationRequest withSecondPass(SecondPass pass) {
    return withEdit(edit.withSecondPass(pass));
  }

  /**
   * {@return this request with its prompt read in another way}
   *
   * @param other the way
   */
  public GenerationRequest withReading(PromptReading other) {
    return new GenerationRequest(
        prompt, width, height, steps, guidance, sampler, seed, count, edit, other);
  }
}
