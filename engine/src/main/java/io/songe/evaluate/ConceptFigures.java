package io.songe.evaluate;

import io.songe.data.Caption;
import io.songe.data.Language;
import io.songe.evaluate.judge.Features;
import io.songe.evaluate.judge.Judge;
import io.songe.evaluate.judge.JudgedDrawings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** Whether pictures show what was asked for, in the style that was asked for. */
final class ConceptFigures {
  private static final int FIVE = 5;
  private static final String NO_CONCEPTS =
      "each drawing of this corpus is of a thing of its own, so none can be recognised again";

  private final Judge judge;
  private final JudgedDrawings judged;
  private final RealDrawings real;
  private final PromptPlan plan;
  private final boolean hasConcepts;
  private final List<Figure> figures = new ArrayList<>();

  ConceptFigures(Judge judge, JudgedDrawings judged, PromptPlan plan, boolean hasConcepts) {
    this.judge = judge;
    this.judged = judged;
    this.real = new RealDrawings(judged);
    this.plan = plan;
    this.hasConcepts = hasConcepts;
  }

  /**
   * The figures.
   *
   * @param seen what was delivered of what the model may have learned
   * @param pairs what was delivered of unseen pairs
   */
  List<Figure> of(List<Delivery> seen, List<Delivery> pairs) {
    for (Language language : Language.values()) {
      List<Delivery> spoken = those(seen, one -> one.commission().language() == language);
      String id = "_" + language.code();
      String text = language == Language.ENGLISH ? ", asked in English" : ", asked in French";
      String why =
          plan.speaks(language) ? NO_CONCEPTS : "the corpus has no captions in this language";
      concept("concept_top1" + id, "The thing is recognised at first" + text, spoken, 1, why);
      concept("concept_top5" + id, "... among the first five" + text, spoken, FIVE, why);
      phrase("phrase" + id, "Its own label fits it best of all asked for" + text, spoken, why);
    }
    concept(
        "concept_top1_learned_styles",
        "The thing is recognised at first, in styles that the judge learned",
        those(seen, one -> !real.hidden(one.commission())),
        1,
        "the model was not asked for a style that the judge learned");
    concept(
        "concept_top1_hidden_styles",
        "The thing is recognised at first, in styles that the judge never saw",
        those(seen, one -> real.hidden(one.commission())),
        1,
        judged.division().hiddenStyles().isEmpty()
            ? "the corpus has fewer than four styles, so the judge learned all of them"
            : "the model was not asked for a style that the judge never saw");
    pairs(pairs);
    style("style", "The style is the one asked for", seen);
    return figures;
  }

  private void pairs(List<Delivery> pairs) {
    String why = "no unseen pairs of thing and style can be asked for";
    concept("pairs_top1", "Unseen pairs of thing and style: the thing at first", pairs, 1, why);
    concept("pairs_top5", "... among the first five", pairs, FIVE, why);
    style("pairs_style", "Unseen pairs of thing and style: the style", pairs);
  }

  private static List<Delivery> those(List<Delivery> all, Predicate<Delivery> wanted) {
    return all.stream().filter(wanted).toList();
  }

  private void concept(String id, String text, List<Delivery> pictures, int first, String why) {
    if (pictures.isEmpty() || !hasConcepts) {
      figures.add(Figure.missing(id, text, hasConcepts ? why : NO_CONCEPTS));
      return;
    }
    Mean right = new Mean();
    pictures.forEach(
        one -> right.add(one.opinion().names(real.drawing(one.commission()).concept(), first)));
    figures.add(
        Figure.part(
            id,
            text,
            right.value().orElseThrow(),
            real.part((drawing, opinion) -> opinion.names(drawing.concept(), first), pictures),
            Math.min(1, (double) first / judged.division().concepts().size()),
            pictures.size()));
  }

  private void style(String id, String text, List<Delivery> pictures) {
    List<String> known = judged.division().styles();
    List<Delivery> judgeable =
        those(pictures, one -> known.contains(real.drawing(one.commission()).style()));
    if (known.isEmpty() || !plan.asksForStyles() || judgeable.isEmpty()) {
      figures.add(Figure.missing(id, text, noStyle(known)));
      return;
    }
    Mean right = new Mean();
    judgeable.forEach(one -> right.add(one.opinion().isIn(real.drawing(one.commission()).style())));
    figures.add(
        Figure.part(
                id,
                text,
                right.value().orElseThrow(),
                real.part((drawing, opinion) -> opinion.isIn(drawing.style()), judgeable),
                1.0 / known.size(),
                judgeable.size())
            .withRemark("in the %d styles that the judge learned".formatted(known.size())));
  }

  private String noStyle(List<String> known) {
    if (known.isEmpty()) {
      return "the corpus has no styles";
    }
    return plan.asksForStyles()
        ? "the model was not asked for a style that the judge learned"
        : "the model knows none of the corpus's styles by name";
  }

  /** Of real drawings as many are looked at as pictures. */
  private void phrase(String id, String text, List<Delivery> pictures, String why) {
    Map<String, Features> images = new LinkedHashMap<>();
    for (Delivery one : pictures) {
      Language language = one.commission().language();
      Caption caption = real.drawing(one.commission()).captions().get(language);
      if (caption != null) {
        images.putIfAbsent(caption.label(), one.opinion().features());
      }
    }
    if (images.size() < 2) {
      figures.add(Figure.missing(id, text, why));
      return;
    }
    Language language = pictures.getFirst().commission().language();
    figures.add(
        Figure.part(
            id,
            text,
            fitting(images).orElseThrow(),
            realFitting(language, images.size()),
            1.0 / images.size(),
            images.size()));
  }

  private OptionalDouble realFitting(Language language, int count) {
    Map<String, Features> images = new LinkedHashMap<>();
    for (int i : real.unseen()) {
      Caption caption = judged.drawings().get(i).captions().get(language);
      if (caption != null && images.size() < count) {
        images.putIfAbsent(caption.label(), judged.opinions().get(i).features());
      }
    }
    return images.size() < count ? OptionalDouble.empty() : fitting(images);
  }

  private OptionalDouble fitting(Map<String, Features> images) {
    List<Features> phrases = judge.read(List.copyOf(images.keySet()));
    List<Features> features = List.copyOf(images.values());
    Mean right = new Mean();
    for (int i = 0; i < features.size(); i++) {
      double own = features.get(i).cosine(phrases.get(i));
      boolean best = true;
      for (int j = 0; j < phrases.size(); j++) {
        best &= j == i || features.get(i).cosine(phrases.get(j)) < own;
      }
      right.add(best);
    }
    return right.value();
  }
}
