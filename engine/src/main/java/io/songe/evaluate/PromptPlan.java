package io.songe.evaluate;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Holdout;
import io.songe.data.Language;
import io.songe.evaluate.judge.JudgedDrawings;
import io.songe.random.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What a model is asked for. The choice depends on the corpus, the model's styles and the seed
 * alone: nobody picks, and two models with the same styles are asked for the same.
 */
final class PromptPlan {
  private static final int SEEN = 1;
  private static final int UNSEEN = 2;
  private static final int VARIED = 3;
  private static final int PART_OF_UNSEEN = 2;
  private static final int PART_OF_VARIED = 10;

  /** Pictures of each phrase of which the variety is measured. */
  static final int SEEDS = 4;

  private final List<Drawing> drawings;
  private final Holdout holdout;
  private final Set<String> concepts;
  private final StyleWords styles;
  private final EvaluationOptions options;
  private final Draws draws;

  PromptPlan(JudgedDrawings judged, StyleWords styles, EvaluationOptions options) {
    this.drawings = judged.drawings();
    this.holdout = Holdout.of(drawings);
    this.concepts = Set.copyOf(judged.division().concepts());
    this.styles = styles;
    this.options = options;
    this.draws = new Draws(options.seed());
  }

  /** Whether the model can be asked for at least one style of the corpus. */
  boolean asksForStyles() {
    return drawings.stream().anyMatch(drawing -> styles.knows(drawing.style()));
  }

  /** Whether anything is said in a language. */
  boolean speaks(Language language) {
    return drawings.stream().anyMatch(drawing -> drawing.captions().containsKey(language));
  }

  /**
   * Things in styles that the model may have learned from, one commission in each language of the
   * caption, both with the same seed. A model without styles is asked for each thing once.
   */
  List<Commission> seen() {
    List<Integer> chosen =
        some(SEEN, options.prompts(), i -> holdout.part(i) == Holdout.Part.TRAINING);
    List<Commission> commissions = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      for (Language language : Language.values()) {
        add(commissions, chosen.get(i), language, options.seed() + i, true);
      }
    }
    return commissions;
  }

  /** Things in styles of which each is known and the pair is not, in the languages by turns. */
  List<Commission> unseenPairs() {
    if (!asksForStyles()) {
      return List.of();
    }
    List<Integer> chosen =
        some(
            UNSEEN,
            Math.max(2, options.prompts() / PART_OF_UNSEEN),
            i -> holdout.part(i) == Holdout.Part.UNSEEN_PAIR);
    List<Commission> commissions = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      Language language = Commission.languageByTurns(i);
      add(commissions, chosen.get(i), language, options.seed() + i, true);
    }
    return commissions;
  }

  /** Phrases without a style, {@link #SEEDS} pictures of each in a row. */
  List<Commission> varied() {
    List<Integer> chosen =
        some(
            VARIED,
            Math.max(2, options.prompts() / PART_OF_VARIED),
            i -> holdout.part(i) == Holdout.Part.TRAINING);
    List<Commission> commissions = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      for (int seed = 0; seed < SEEDS; seed++) {
        Language language = Commission.languageByTurns(i);
        add(commissions, chosen.get(i), language, options.seed() + (long) i * SEEDS + seed, false);
      }
    }
    return commissions;
  }

  private void add(
      List<Commission> commissions, int i, Language language, long seed, boolean styled) {
    Drawing drawing = drawings.get(i);
    Caption caption = drawing.captions().get(language);
    if (caption != null) {
      String phrase =
          styled ? styles.phrase(caption.label(), drawing.style(), language) : caption.label();
      commissions.add(new Commission(i, language, phrase, seed));
    }
  }

  /** Drawings of known concepts in askable styles; each concept once if there are no styles. */
  private List<Integer> some(int purpose, int most, Predicate<Integer> wanted) {
    boolean styled = asksForStyles();
    int[] candidates =
        IntStream.range(0, drawings.size())
            .filter(i ->
                wanted.test(i)
                    && options.groups().include(drawings.get(i))
                    && concepts.contains(drawings.get(i).concept())
                    && (!styled || styles.knows(drawings.get(i).style())))
            .toArray();
    Set<String> chosen = new HashSet<>();
    return Arrays.stream(draws.order(candidates.length, purpose))
        .map(i -> candidates[i])
        .filter(i -> styled || chosen.add(drawings.get(i).concept()))
        .limit(most)
        .boxed()
        .toList();
  }
}
