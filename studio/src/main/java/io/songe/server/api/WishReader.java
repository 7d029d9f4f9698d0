package io.songe.server.api;

import io.songe.checkpoint.DrawingStyle;
import io.songe.checkpoint.ModelCard;
import io.songe.drawing.Wish;
import io.songe.file.FileLabel;
import io.songe.jobs.Order;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Start;
import io.songe.pipeline.edit.Variation;
import io.songe.server.Fields;
import io.songe.tensor.Wrapping;
import io.songe.text.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What somebody asks for, read from the body of a request into wishes. What the phrase itself says
 * with {@link PhraseParameters} counts more than the fields.
 */
final class WishReader {
  private static final double USUAL_PASS_STRENGTH = 0.6;
  private static final double USUAL_VARIATION = 0.2;

  /** Short numbers are read out more easily. */
  private static final long RANDOM_SEEDS = 1L << 32;

  private final ModelList models;
  private final StartReader starts;
  private final RandomGenerator random;

  WishReader(ModelList models, StartReader starts, RandomGenerator random) {
    this.models = models;
    this.starts = starts;
    this.random = random;
  }

  /**
   * Reads a request for pictures.
   *
   * @param fields the body of the request
   * @param owner who asks
   * @return one wish for each job
   * @throws io.songe.server.HttpFailure if a field is wrong
   */
  List<Wish> read(Fields fields, String owner) {
    JobBody body = JobBody.of(fields);
    Optional<Begun> start = fields.object("start").map(each -> starts.read(each, owner));
    fields.end();
    PhraseParameters typed =
        PhraseParameters.parse(
            body.phrase()
                .filter(phrase -> !phrase.isBlank())
                .or(() -> start.map(each -> each.phrase().orElse("")))
                .orElseThrow(() -> fields.needed("phrase", "it says what to draw")));
    var drawing = new Wanted(fields, body, typed, models.card(body.model()), start);
    drawing.checkStyle();
    return IntStream.range(0, typed.repeat().orElse(1))
        .mapToObj(each -> wish(drawing, owner, each))
        .toList();
  }

  /** All that was said of a drawing. */
  private record Wanted(
      Fields fields, JobBody body, PhraseParameters typed, ModelCard card, Optional<Begun> start) {

    void checkStyle() {
      List<String> known = card.styles().stream().map(DrawingStyle::name).toList();
      if (!body.style().isEmpty() && known.stream().noneMatch(body.style()::equalsIgnoreCase)) {
        throw Refused.field(
            "style",
            "%s has no style \"%s\"; known are %s"
                .formatted(card.name(), FileLabel.shorten(body.style()), String.join(", ", known)));
      }
    }

    Optional<Long> seed() {
      return typed.seed().or(body::seed);
    }

    Optional<Integer> steps() {
      return typed
          .stop()
          .map(share -> Math.max(1, share * body.steps().orElse(card.steps()) / 100))
          .or(body::steps);
    }

    Optional<Double> guidance() {
      return typed
          .stylize()
          .map(amount -> stylized(body.guidance().orElse(card.guidanceScale()), amount))
          .or(body::guidance);
    }

    /** Half of what goes beyond no guidance at 0, all of it at 100, twice as much at 1000. */
    private static double stylized(double usual, int amount) {
      double share = amount <= 100 ? 0.5 + amount / 200.0 : 1 + (amount - 100) / 900.0;
      return Math.round(100 * (1 + (usual - 1) * share)) / 100.0;
    }

    String negative() {
      String asked = body.negative().orElse("");
      return typed
          .without()
          .map(words -> asked.isBlank() ? words : asked + ", " + words)
          .orElse(asked);
    }

    Size size() {
      Size usual = start.map(each -> each.usualSize(card)).orElse(Size.of(card));
      Size asked =
          new Size(body.width().orElse(usual.width()), body.height().orElse(usual.height()));
      return typed.ratio().map(ratio -> asked.shaped(ratio, Size.multiple(card))).orElse(asked);
    }

    Start begin() {
      if (typed.imageWeight().isPresent() && start.isEmpty()) {
        throw Refused.field("phrase", "--iw says how much a start picture counts; there is none");
      }
      return start
          .map(each ->
              fields.with("start", () -> each.start(typed.imageWeight().map(Wanted::strength))))
          .orElseGet(Start.Noise::new);
    }

    /** From 1, nothing of the picture, to 0.1, nearly all of it. */
    private static double strength(double imageWeight) {
      return Math.round(1000 - 450 * imageWeight) / 1000.0;
    }

    SecondPass secondPass() {
      return body.secondPass()
          .<SecondPass>map(pass -> fields.with("secondPass", () -> secondPass(pass)))
          .orElseGet(SecondPass.None::new);
    }

    private SecondPass secondPass(JobBody.Pass pass) {
      Size size =
          pass.by()
              .map(factor -> size().times(factor, Size.multiple(card)))
              .orElseGet(() -> new Size(pass.width().orElse(0), pass.height().orElse(0)));
      return new SecondPass.Enlarged(
          size.width(),
          size.height(),
          pass.upscaler(),
          pass.steps().or(this::steps).orElse(card.steps()),
          pass.strength().orElse(USUAL_PASS_STRENGTH));
    }
  }

  private Wish wish(Wanted wanted, String owner, int job) {
    JobBody body = wanted.body();
    Optional<Long> seed =
        wanted.seed().map(first -> Math.addExact(first, (long) job * body.count()));
    Size size = wanted.size();
    return new Wish(
        owner,
        Order.Door.PAGE,
        body.model(),
        new Prompt(wanted.typed().phrase(), wanted.negative()),
        body.style(),
        Optional.of(size.width()),
        Optional.of(size.height()),
        wanted.steps(),
        wanted.guidance(),
        body.guidanceRescale(),
        body.sampler(),
        body.schedule(),
        seed,
        body.count(),
        body.syntax(),
        body.clipSkip(),
        body.background(),
        edit(wanted),
        body.travel(),
        body.traced(),
        body.kept());
  }

  private Edit edit(Wanted wanted) {
    Wrapping tiling = wanted.typed().tile() ? Wrapping.XY : wanted.body().tiling();
    return wanted
        .fields()
        .with(
            "secondPass",
            () -> new Edit(wanted.begin(), tiling, variation(wanted), wanted.secondPass()));
  }

  /** Pictures that share their seed's noise, and have the more of their own the more chaos. */
  private Variation variation(Wanted wanted) {
    Optional<JobBody.Varied> asked = wanted.body().variation();
    if (wanted.typed().chaos().isPresent()) {
      if (asked.isPresent()) {
        throw Refused.field("variation", "--chaos in the phrase varies already; leave one out");
      }
      double strength = (200 + 8 * wanted.typed().chaos().get()) / 1000.0;
      return new Variation(randomSeed(), strength);
    }
    return asked
        .map(varied ->
            new Variation(
                varied.seed().orElseGet(this::randomSeed),
                varied.strength().orElse(USUAL_VARIATION)))
        .orElse(Variation.NONE);
  }

  private long randomSeed() {
    return random.nextLong(RANDOM_SEEDS);
  }
}
