package io.songe.server.api;

import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.Samplers;
import io.songe.image.Colour;
import io.songe.jobs.Order;
import io.songe.pipeline.edit.Upscaler;
import io.songe.server.Fields;
import io.songe.tensor.Wrapping;
import io.songe.text.syntax.PromptSyntax;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is sent to ask for pictures, each field within its range, and none of them looked at beside
 * the others.
 */
record JobBody(
    Optional<String> phrase,
    Optional<String> negative,
    String style,
    Optional<String> model,
    Optional<Integer> width,
    Optional<Integer> height,
    Optional<Integer> steps,
    Optional<Double> guidance,
    Optional<Double> guidanceRescale,
    Optional<String> sampler,
    Optional<String> schedule,
    Optional<Long> seed,
    int count,
    Optional<String> syntax,
    Optional<Integer> clipSkip,
    Colour background,
    Wrapping tiling,
    Optional<Varied> variation,
    Optional<Pass> secondPass,
    Optional<Order.Travel> travel,
    boolean traced,
    boolean kept) {
  /** Of one job. */
  static final int MOST_PICTURES = 16;

  static final int MOST_STEPS = 1000;
  static final int LONGEST_PHRASE = 8000;
  static final int LONGEST_NAME = 1000;
  private static final int LARGEST_SIDE = 4096;
  private static final double MOST_GUIDANCE = 100;
  private static final int MOST_CLIP_SKIP = 12;
  private static final int MOST_FRAMES = 240;
  private static final double MOST_TIMES = 8;

  /** Another noise to be mixed in; what is not said is chosen. */
  record Varied(Optional<Long> seed, Optional<Double> strength) {}

  /** A second pass; what is not said is chosen. */
  record Pass(
      Optional<Double> by,
      Optional<Integer> width,
      Optional<Integer> height,
      Upscaler upscaler,
      Optional<Integer> steps,
      Optional<Double> strength) {}

  /**
   * Reads the fields, except {@code start}.
   *
   * @throws io.songe.server.HttpFailure if one is wrong
   */
  static JobBody of(Fields body) {
    return new JobBody(
        body.text("phrase", LONGEST_PHRASE),
        body.text("negative", LONGEST_PHRASE),
        body.text("style", LONGEST_NAME).orElse("").strip(),
        name(body, "model"),
        body.whole("width", 1, LARGEST_SIDE),
        body.whole("height", 1, LARGEST_SIDE),
        body.whole("steps", 1, MOST_STEPS),
        body.number("guidance", -MOST_GUIDANCE, MOST_GUIDANCE),
        body.number("guidanceRescale", 0, 1),
        known(body, "sampler", Samplers::get),
        known(body, "schedule", SigmaSchedules::get),
        body.large("seed", 0, Fields.MOST_WHOLE - MOST_PICTURES),
        body.whole("count", 1, MOST_PICTURES).orElse(1),
        known(body, "syntax", PromptSyntax::named),
        body.whole("clipSkip", 1, MOST_CLIP_SKIP),
        body.text("background", LONGEST_NAME)
            .map(colour -> body.with("background", () -> Colour.parse(colour)))
            .orElse(Colour.TRANSPARENT),
        body.choice("tiling", Wrapping.class).orElse(Wrapping.NONE),
        body.object("variation").map(JobBody::variation),
        body.object("secondPass").map(JobBody::secondPass),
        body.object("travel").map(JobBody::travel),
        body.flag("traced").orElse(false),
        body.flag("kept").orElse(true));
  }

  /** An empty name is the usual thing. */
  private static Optional<String> name(Fields body, String field) {
    return body.text(field, LONGEST_NAME).filter(name -> !name.isBlank());
  }

  /** Whether there is something of that name is known without a model. */
  private static Optional<String> known(Fields body, String field, Function<String, ?> catalogue) {
    Optional<String> name = name(body, field);
    name.ifPresent(each -> body.with(field, () -> catalogue.apply(each)));
    return name;
  }

  private static Varied variation(Fields fields) {
    var varied =
        new Varied(
            fields.large("seed", 0, Fields.MOST_WHOLE - MOST_PICTURES),
            fields.number("strength", 0, 1));
    fields.end();
    return varied;
  }

  private static Pass secondPass(Fields fields) {
    var pass =
        new Pass(
            fields.number("by", 1, MOST_TIMES),
            fields.whole("width", 1, LARGEST_SIDE),
            fields.whole("height", 1, LARGEST_SIDE),
            fields
                .text("upscaler", LONGEST_NAME)
                .map(name -> fields.with("upscaler", () -> Upscaler.named(name)))
                .orElse(Upscaler.LATENT),
            fields.whole("steps", 1, MOST_STEPS),
            fields.number("strength", Double.MIN_VALUE, 1));
    fields.end();
    boolean sized = pass.width().isPresent() && pass.height().isPresent();
    boolean anySide = pass.width().isPresent() || pass.height().isPresent();
    if (pass.by().isPresent() ? anySide : !sized) {
      throw fields.needed("by", "either this, or both width and height");
    }
    return pass;
  }

  private static Order.Travel travel(Fields fields) {
    Optional<String> toPhrase = fields.text("toPhrase", LONGEST_PHRASE);
    Optional<Long> toSeed = fields.large("toSeed", 0, Fields.MOST_WHOLE);
    int frames =
        fields
            .whole("frames", 2, MOST_FRAMES)
            .orElseThrow(() -> fields.needed("frames", "the number of pictures on the way"));
    fields.end();
    if (toPhrase.isEmpty() && toSeed.isEmpty()) {
      throw fields.needed("toPhrase", "this or toSeed says where the way leads");
    }
    return new Order.Travel(toPhrase, toSeed, frames);
  }
}
