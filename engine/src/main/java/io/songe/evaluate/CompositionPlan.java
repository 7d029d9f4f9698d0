package io.songe.evaluate;

import io.songe.data.Drawing;
import io.songe.data.Holdout;
import io.songe.data.Language;
import io.songe.data.compose.Composition.Kind;
import io.songe.data.compose.CompositionPrompt;
import io.songe.data.compose.Prompts;
import io.songe.evaluate.judge.JudgedDrawings;
import java.util.List;
import java.util.Set;

/**
 * Which compositions a model is asked for: things in a colour, things on a ground of a colour, two
 * things in a relation. Of known things only, in styles that the model knows; without a style where
 * it knows none.
 */
final class CompositionPlan {
  private static final int PART_OF_COLOURS = 4;
  private static final int PART_OF_GROUNDS = 8;
  private static final int PART_OF_RELATIONS = 4;

  /** Prompts in styles that cannot be asked for are left out: so many more are made. */
  private static final int MORE = 10;

  private final Prompts prompts;
  private final Set<String> concepts;
  private final StyleWords styles;
  private final boolean styled;
  private final EvaluationOptions options;

  CompositionPlan(
      JudgedDrawings judged, StyleWords styles, boolean styled, EvaluationOptions options) {
    this.styles = styles;
    this.styled = styled;
    this.options = options;
    concepts = Set.copyOf(judged.division().concepts());
    List<Drawing> drawings =
        styled
            ? judged.drawings()
            : judged.drawings().stream().map(CompositionPlan::withoutStyle).toList();
    prompts =
        new Prompts(drawings, Holdout.Part.TRAINING, options.groups()::include, options.seed());
  }

  private static Drawing withoutStyle(Drawing drawing) {
    return new Drawing(
        drawing.key(),
        drawing.concept(),
        "",
        drawing.group(),
        drawing.captions(),
        drawing.licence(),
        drawing.source());
  }

  List<CompositionPrompt> colours() {
    return some(Kind.RECOLOURED, PART_OF_COLOURS);
  }

  List<CompositionPrompt> grounds() {
    return some(Kind.BACKGROUND, PART_OF_GROUNDS);
  }

  List<CompositionPrompt> relations() {
    return some(Kind.RELATED, PART_OF_RELATIONS);
  }

  private List<CompositionPrompt> some(Kind kind, int part) {
    int count = Math.max(2, options.prompts() / part);
    return prompts.of(kind, MORE * count).stream()
        .filter(prompt -> !styled || styles.knows(prompt.style()))
        .filter(prompt -> concepts.containsAll(prompt.concepts()))
        .limit(count)
        .toList();
  }

  /** What is asked for, in the languages by turns. */
  Commission commission(CompositionPrompt prompt, int number) {
    Language language = Commission.languageByTurns(number);
    return new Commission(
        prompt.drawings().getFirst(),
        language,
        language == Language.ENGLISH ? prompt.english() : prompt.french(),
        options.seed() + number);
  }
}
