package io.songe.server.a1111;

import io.songe.checkpoint.DrawingStyle;
import io.songe.diffusion.sampler.Samplers;
import io.songe.drawing.Wish;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.image.Colour;
import io.songe.jobs.InputStore;
import io.songe.jobs.Order;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Start;
import io.songe.pipeline.edit.Upscaler;
import io.songe.pipeline.edit.Variation;
import io.songe.server.Failure;
import io.songe.server.HttpFailure;
import io.songe.tensor.Wrapping;
import io.songe.text.Prompt;
import io.songe.text.syntax.PromptSyntax;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Turns the fields of {@code txt2img} and {@code img2img} into a wish. */
final class WishReader {
  /** How many pictures one request may ask for. */
  static final int MOST_PICTURES = 100;

  private static final int LARGEST_SIDE = 4096;
  private static final int MOST_STEPS = 1000;
  private static final double MOST_GUIDANCE = 100;
  private static final double USUAL_STRENGTH = 0.75;
  private static final double USUAL_SCALE = 2;
  private static final int SIDE_MULTIPLE = 8;
  private static final long RANDOM_SEEDS = 1L << 32;

  private final RequestFields fields;
  private final Infotext infotext;
  private final Settings settings;
  private final ModelList.Entry model;
  private final InputStore inputs;

  /**
   * A reader.
   *
   * @param fields of the request, with what the text says
   * @param infotext the text
   * @param settings of the user, with what the request overrides
   * @param model that draws
   * @param inputs has pictures that others were drawn from
   */
  WishReader(
      RequestFields fields,
      Infotext infotext,
      Settings settings,
      ModelList.Entry model,
      InputStore inputs) {
    this.fields = fields;
    this.infotext = infotext;
    this.settings = settings;
    this.model = model;
    this.inputs = inputs;
  }

  private Optional<Integer> side(String name) {
    return fields.whole(name, 1, LARGEST_SIDE).map(Math::toIntExact);
  }

  /** {@return what {@code txt2img} asks for, which a text may say was drawn from a picture} */
  Wish textToImage(String owner) {
    return infotext.start().isPresent() ? imageToImage(owner) : read(owner, new Start.Noise());
  }

  /** {@return what {@code img2img} asks for} */
  Wish imageToImage(String owner) {
    return read(owner, new StartReader(fields, infotext.start(), inputs).read());
  }

  private Wish read(String owner, Start start) {
    Optional<Integer> width = side("width");
    Optional<Integer> height = side("height");
    String text = fields.text("prompt", "");
    Prompt prompt = prompt(text, fields.text("negative_prompt", ""));
    Unsupported.refuse(fields, prompt);
    List<String> styles = fields.texts("styles").stream().filter(s -> !s.isBlank()).toList();
    boolean kept = fields.flag("save_images", true) && !fields.flag("do_not_save_samples", false);
    Optional<Integer> steps = fields.whole("steps", 1, MOST_STEPS).map(Math::toIntExact);
    return new Wish(
        owner,
        Order.Door.A1111,
        Optional.of(model.name()),
        styled(prompt, styles),
        styles.isEmpty() ? "" : style(styles.getLast()).name(),
        width,
        height,
        steps,
        fields.number("cfg_scale", -MOST_GUIDANCE, MOST_GUIDANCE),
        fields.number("guidance_rescale", 0, 1),
        sampler(),
        schedule(),
        seed(),
        count(),
        settings.syntax().map(PromptSyntax::id),
        settings.clipSkip(),
        infotext.background().orElse(Colour.TRANSPARENT),
        edit(start, width, height, steps),
        Optional.empty(),
        false,
        kept);
  }

  private static Prompt prompt(String positive, String negative) {
    try {
      return new Prompt(positive, negative);
    } catch (InvalidRequestException unfit) {
      String message = String.valueOf(unfit.getMessage());
      throw RequestFields.wrong(
          message.startsWith("the negative") ? "negative_prompt" : "prompt", message);
    }
  }

  /** All styles but the last, which the order knows by its name. */
  private Prompt styled(Prompt prompt, List<String> styles) {
    String text = prompt.positive();
    for (String name : styles.subList(0, Math.max(0, styles.size() - 1))) {
      text = style(name).applyTo(text);
    }
    return new Prompt(text, prompt.negative());
  }

  private DrawingStyle style(String name) {
    List<DrawingStyle> known = model.card().styles();
    return known.stream()
        .filter(style -> style.name().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(() ->
            RequestFields.wrong(
                "styles",
                "the model %s has no style %s; prompt-styles lists those that it has"
                    .formatted(model.name(), FileLabel.quote(name))));
  }

  private Optional<String> sampler() {
    String index = fields.text("sampler_index").orElse("");
    Optional<String> name =
        Optional.of(fields.text("sampler_name").filter(n -> !n.isBlank()).orElse(index))
            .filter(n -> !n.isBlank());
    name.ifPresent(n -> {
      try {
        Samplers.choose(n, "");
      } catch (InvalidRequestException unknown) {
        throw new HttpFailure(Failure.of(400, "Sampler not found: " + unknown.getMessage()));
      }
      Unsupported.refuseNoise(fields, Samplers.choose(n, "").sampler());
    });
    return name;
  }

  private Optional<String> schedule() {
    return fields
        .text("scheduler")
        .filter(name -> !name.isBlank() && !name.strip().equalsIgnoreCase("automatic"));
  }

  private Optional<Long> seed() {
    Optional<Long> seed = fields.whole("seed", -1, Long.MAX_VALUE);
    return seed.filter(s -> s >= 0);
  }

  private int count() {
    int batch = fields.whole("batch_size", 1, MOST_PICTURES, 1);
    int count = batch * fields.whole("n_iter", 1, MOST_PICTURES, 1);
    if (count > MOST_PICTURES) {
      throw RequestFields.wrong(
          "n_iter",
          "one request is for at most %d pictures, got %d".formatted(MOST_PICTURES, count));
    }
    return count;
  }

  private Edit edit(
      Start start, Optional<Integer> width, Optional<Integer> height, Optional<Integer> steps) {
    Wrapping tiling =
        fields.flag("tiling", false) ? infotext.tiling().orElse(Wrapping.XY) : Wrapping.NONE;
    SecondPass pass = new SecondPass.None();
    if (start instanceof Start.Noise) {
      int side = model.card().side();
      pass =
          secondPass(width.orElse(side), height.orElse(side), steps.orElse(model.card().steps()));
    }
    return new Edit(start, tiling, variation(), pass);
  }

  private Variation variation() {
    double strength = fields.number("subseed_strength", 0, 1, 0);
    long seed = fields.whole("subseed", -1, Long.MAX_VALUE).orElse(-1L);
    if (strength == 0) {
      return Variation.NONE;
    }
    return new Variation(
        seed < 0 ? RandomGenerator.getDefault().nextLong(RANDOM_SEEDS) : seed, strength);
  }

  private SecondPass secondPass(int width, int height, int steps) {
    double strength = fields.number("denoising_strength", 0, 1, USUAL_STRENGTH);
    double scale = fields.number("hr_scale", 1, 8, USUAL_SCALE);
    int wide = fields.whole("hr_resize_x", 0, LARGEST_SIDE, 0);
    int tall = fields.whole("hr_resize_y", 0, LARGEST_SIDE, 0);
    int ownSteps = fields.whole("hr_second_pass_steps", 0, MOST_STEPS, 0);
    String upscaler = fields.text("hr_upscaler", Upscaler.LATENT.label());
    if (!fields.flag("enable_hr", false)) {
      return new SecondPass.None();
    }
    Unsupported.refuseInSecondPass(fields);
    if (strength == 0) {
      throw RequestFields.wrong(
          "denoising_strength", "at 0 the second pass would draw nothing; take one above 0");
    }
    if (wide == 0 && tall == 0) {
      wide = floor(width * scale);
      tall = floor(height * scale);
    } else if (wide == 0) {
      wide = floor((double) tall * width / height);
    } else if (tall == 0) {
      tall = floor((double) wide * height / width);
    }
    return new SecondPass.Enlarged(
        wide, tall, upscaler(upscaler), ownSteps == 0 ? steps : ownSteps, strength);
  }

  /** A size that comes of a ratio, as the web UI rounds it. */
  private static int floor(double pixels) {
    if (pixels > LARGEST_SIDE) {
      throw RequestFields.wrong(
          "hr_scale",
          "a side has at most %d pixels, this would be %d; take a smaller scale"
              .formatted(LARGEST_SIDE, (long) pixels));
    }
    int multiples = (int) Math.max(1, pixels / SIDE_MULTIPLE);
    return multiples * SIDE_MULTIPLE;
  }

  /** Without an upscaler the web UI resizes with Lanczos' kernel. */
  private static Upscaler upscaler(String name) {
    if (name.isBlank() || name.equalsIgnoreCase("none")) {
      return Upscaler.LANCZOS;
    }
    try {
      return Upscaler.named(name);
    } catch (InvalidRequestException unknown) {
      throw RequestFields.wrong("hr_upscaler", String.valueOf(unknown.getMessage()));
    }
  }
}
