package io.songe.evaluate;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.compose.CompositionPrompt;
import io.songe.evaluate.judge.Judge;
import io.songe.evaluate.judge.JudgeCard;
import io.songe.evaluate.judge.JudgeExamination;
import io.songe.evaluate.judge.JudgeQuality;
import io.songe.evaluate.judge.JudgedDrawings;
import io.songe.evaluate.judge.Material;
import io.songe.evaluate.judge.Opinion;
import io.songe.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Asks a model for pictures and finds out how good they are: whether they show what was asked for,
 * how they vary, how far they are from what the model learned from.
 *
 * <p>The judge learned from drawings of the same corpus as the model may have. It never saw any in
 * its hidden styles, nor those of the unseen pairs, and the figures of both are given apart.
 */
public final class Evaluation {
  private static final int NEIGHBOURS = 24;

  /** Pictures on all sheets but the first: the page is to stay some ten megabytes. */
  private static final int FEW = 32;

  private final Subject subject;
  private final Artist artist;
  private final Material material;
  private final Judge judge;
  private final EvaluationOptions options;
  private final Consumer<EvaluationProgress> listener;
  private int drawn;
  private int total;

  private Evaluation(
      Subject subject,
      Artist artist,
      Material material,
      Judge judge,
      EvaluationOptions options,
      Consumer<EvaluationProgress> listener) {
    this.subject = subject;
    this.artist = artist;
    this.material = material;
    this.judge = judge;
    this.options = options;
    this.listener = listener;
  }

  /**
   * What was found.
   *
   * @param subject of whom
   * @param judge by whom
   * @param quality how good the judge itself is
   * @param corpusSha256 of the corpus that prompts and drawings are from
   * @param options how much was drawn
   * @param figures in the order in which they are shown
   * @param sheets of pictures
   */
  public record Result(
      Subject subject,
      JudgeCard judge,
      JudgeQuality quality,
      String corpusSha256,
      EvaluationOptions options,
      List<Figure> figures,
      List<Sheet> sheets) {
    /** A result with its lists copied. */
    public Result {
      figures = List.copyOf(figures);
      sheets = List.copyOf(sheets);
    }
  }

  /**
   * Evaluates a model. The same arguments give the same result.
   *
   * @param subject what the model is
   * @param artist draws with it
   * @param material the drawings of a corpus
   * @param judge judges
   * @param options how much is drawn
   * @param listener hears how far it is, on this thread
   * @return what was found
   * @throws io.songe.error.BrokenFileException if a drawing of the corpus cannot be read
   * @throws io.songe.error.InvalidRequestException if the corpus has no drawings of a group
   */
  public static Result run(
      Subject subject,
      Artist artist,
      Material material,
      Judge judge,
      EvaluationOptions options,
      Consumer<EvaluationProgress> listener) {
    options.groups().requireIn(material.drawings());
    return new Evaluation(subject, artist, material, judge, options, listener).run();
  }

  private Result run() {
    JudgedDrawings judged = JudgedDrawings.of(material, judge);
    JudgeQuality quality = JudgeExamination.of(judge, judged);
    StyleWords styles = new StyleWords(subject.styles());
    PromptPlan plan = new PromptPlan(judged, styles, options);
    CompositionPlan compositions =
        new CompositionPlan(judged, styles, plan.asksForStyles(), options);
    List<CompositionPrompt> colours = compositions.colours();
    List<CompositionPrompt> grounds = compositions.grounds();
    List<CompositionPrompt> relations = compositions.relations();
    total =
        plan.seen().size()
            + plan.unseenPairs().size()
            + plan.varied().size()
            + colours.size()
            + grounds.size()
            + relations.size();

    List<Delivery> seen = delivered(plan.seen(), options.shown());
    List<Delivery> pairs = delivered(plan.unseenPairs(), few());
    List<Delivery> varied = delivered(plan.varied(), few());
    CompositionFigures composed = new CompositionFigures(judge, material);
    List<Sheet> sheets = new ArrayList<>();
    DistanceFigures distances = new DistanceFigures(judged);
    sheets.add(
        sheet(
            "Random prompts",
            "Not chosen: the first of the prompts that were drawn at random, in both languages and"
                + " all styles. Below each, what the judge takes it for, if it is mistaken.",
            seen,
            judged));
    sheets.add(
        sheet(
            "Unseen pairs of thing and style",
            "Things that the model knows in other styles, in styles that it knows of other things.",
            pairs,
            judged));
    sheets.add(
        composition(
            "Things in a colour",
            "The colour was measured.",
            colours,
            compositions,
            composed::colour));
    sheets.add(
        composition(
            "Things on a coloured ground",
            "The colour of the rim was measured.",
            grounds,
            compositions,
            composed::ground));
    sheets.add(
        composition(
            "Two things",
            "Right if both are among the judge's five likeliest, each where it should stand.",
            relations,
            compositions,
            composed::relation));
    sheets.add(
        sheet(
            "One phrase, four seeds",
            "Without a style: how much the pictures of one phrase vary.",
            varied,
            judged));
    sheets.add(neighbours(seen, distances));

    List<Figure> figures = new ArrayList<>();
    figures.addAll(new ConceptFigures(judge, judged, plan, material.hasConcepts()).of(seen, pairs));
    figures.addAll(composed.figures());
    figures.addAll(distances.of(seen, pairs, varied));
    return new Result(
        subject,
        judge.card(),
        quality,
        material.sha256(),
        options,
        figures,
        sheets.stream().filter(sheet -> !sheet.exhibits().isEmpty()).toList());
  }

  private int few() {
    return Math.min(FEW, options.shown());
  }

  private List<Delivery> delivered(List<Commission> commissions, int most) {
    List<Delivery> deliveries = new ArrayList<>();
    for (Commission commission : commissions) {
      Image picture = draw(commission);
      Opinion opinion = judge.look(List.of(picture)).getFirst();
      boolean shown = deliveries.size() < most;
      deliveries.add(
          new Delivery(
              commission,
              opinion,
              JudgedDrawings.pixels(picture),
              shown ? Optional.of(picture) : Optional.empty()));
    }
    return deliveries;
  }

  private Image draw(Commission commission) {
    listener.accept(new EvaluationProgress(drawn, total));
    Image picture = artist.draw(commission.phrase(), commission.seed());
    drawn++;
    listener.accept(new EvaluationProgress(drawn, total));
    return picture;
  }

  private Sheet sheet(String title, String text, List<Delivery> deliveries, JudgedDrawings judged) {
    Map<String, String> names = names(judged);
    List<Exhibit> exhibits = new ArrayList<>();
    for (Delivery one : deliveries) {
      one.picture()
          .ifPresent(picture -> {
            Drawing asked = material.drawings().get(one.commission().drawing());
            boolean right = one.opinion().names(asked.concept(), 1);
            String taken = one.opinion().concepts().getFirst();
            exhibits.add(
                new Exhibit(
                    picture,
                    Optional.empty(),
                    one.commission().phrase(),
                    right || !material.hasConcepts()
                        ? ""
                        : "taken for: " + names.getOrDefault(taken, taken),
                    material.hasConcepts() ? Optional.of(right) : Optional.empty()));
          });
    }
    return new Sheet(title, text, exhibits);
  }

  /** What concepts are called, in the language that most have a label in. */
  private static Map<String, String> names(JudgedDrawings judged) {
    Map<String, String> names = new TreeMap<>();
    for (Drawing drawing : judged.drawings()) {
      Caption caption = drawing.captions().values().iterator().next();
      names.putIfAbsent(drawing.concept(), caption.label());
    }
    return names;
  }

  private Sheet composition(
      String title,
      String text,
      List<CompositionPrompt> prompts,
      CompositionPlan plan,
      BiPredicate<CompositionPrompt, Image> check) {
    List<Exhibit> exhibits = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      Commission commission = plan.commission(prompts.get(i), i);
      Image picture = draw(commission);
      boolean right = check.test(prompts.get(i), picture);
      if (exhibits.size() < few()) {
        exhibits.add(
            new Exhibit(picture, Optional.empty(), commission.phrase(), "", Optional.of(right)));
      }
    }
    return new Sheet(title, text, exhibits);
  }

  private Sheet neighbours(List<Delivery> seen, DistanceFigures distances) {
    List<Exhibit> exhibits = new ArrayList<>();
    for (Delivery one : seen) {
      if (exhibits.size() < Math.min(NEIGHBOURS, options.shown()) && one.picture().isPresent()) {
        NearestDrawing nearest = distances.nearest(one);
        exhibits.add(
            new Exhibit(
                one.picture().get(),
                Optional.of(material.pictures().apply(nearest.drawing())),
                one.commission().phrase(),
                "beside " + material.drawings().get(nearest.drawing()).key(),
                Optional.empty()));
      }
    }
    return new Sheet(
        "Nearest training drawings",
        "Each picture beside the drawing that is nearest by the judge's features, among all that"
            + " the model may have learned from.",
        exhibits);
  }
}
