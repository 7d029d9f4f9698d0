package io.songe.data.compose;

import io.songe.data.Drawing;
import io.songe.data.Holdout;
import io.songe.data.Language;
import io.songe.data.compose.Composition.Kind;
import io.songe.random.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Prompts to judge a model by, in the usual words of both languages, with the truth in fields. Only
 * drawings that have a name in both languages take part. The same drawings, part and seed give the
 * same prompts.
 */
public final class Prompts {
  private static final int ATTEMPTS_FOR_EACH = 50;

  /** Relations that are seen in any picture, of any two things. */
  private static final List<Relation> RELATIONS =
      List.of(Relation.LEFT_OF, Relation.RIGHT_OF, Relation.ABOVE, Relation.BELOW);

  private final List<Subject> subjects;
  private final Draws draws;

  /**
   * Prompts about some of the drawings of one part.
   *
   * @param drawings all of a corpus
   * @param part what they are about
   * @param wanted which of these
   * @param seed any number: other prompts for each
   */
  public Prompts(List<Drawing> drawings, Holdout.Part part, Predicate<Drawing> wanted, long seed) {
    this.draws = new Draws(seed);
    this.subjects =
        Holdout.of(drawings).drawings(part).stream()
            .filter(position -> wanted.test(drawings.get(position)))
            .map(position -> Subject.of(position, drawings.get(position)))
            .filter(subject -> subject.languages().containsAll(EnumSet.allOf(Language.class)))
            .toList();
  }

  /**
   * Prompts of one kind.
   *
   * @param kind plain ones name each drawing once, in a random order; flags, letters and symbols
   *     are among them
   * @param count at most how many
   * @return the prompts, no two alike; fewer if there are no more
   */
  public List<CompositionPrompt> of(Kind kind, int count) {
    var dice = new Dice(draws.in(kind.name().hashCode()));
    List<CompositionPrompt> prompts = new ArrayList<>();
    if (kind == Kind.PLAIN) {
      Arrays.stream(draws.order(subjects.size(), kind.name().hashCode()))
          .mapToObj(subjects::get)
          .map(Prompts::plain)
          .filter(prompt -> isNew(prompt, prompts))
          .limit(count)
          .forEach(prompts::add);
      return prompts;
    }
    var pool = new Pool(subjects, subject -> suits(kind, subject) ? subject.composedWeight() : 0);
    for (int i = 0; !pool.isEmpty() && i < ATTEMPTS_FOR_EACH * count; i++) {
      if (prompts.size() == count) {
        break;
      }
      composed(kind, pool, dice).filter(prompt -> isNew(prompt, prompts)).ifPresent(prompts::add);
    }
    return prompts;
  }

  private static boolean isNew(CompositionPrompt prompt, List<CompositionPrompt> prompts) {
    return prompts.stream()
        .noneMatch(other ->
            other.english().equals(prompt.english()) || other.french().equals(prompt.french()));
  }

  private static boolean suits(Kind kind, Subject subject) {
    return switch (kind) {
      case PLAIN, BACKGROUND, RELATED -> true;
      case RECOLOURED -> !subject.tints().isEmpty();
      case SMALL -> subject.shrinks();
      case COUNTED -> subject.counts();
    };
  }

  private static CompositionPrompt plain(Subject subject) {
    return prompt(Kind.PLAIN, List.of(new Actor(subject, Optional.empty())), Prompts::name, "", 1);
  }

  private static Optional<CompositionPrompt> composed(Kind kind, Pool pool, Dice dice) {
    Subject subject = pool.pick(dice);
    var actor = new Actor(subject, Optional.empty());
    return switch (kind) {
      case PLAIN -> Optional.of(plain(subject));
      case RECOLOURED -> {
        Tint tint = dice.pick(subject.tints());
        var tinted = new Actor(subject, Optional.of(tint));
        yield Optional.of(prompt(kind, List.of(tinted), Prompts::name, tint.english(), 1));
      }
      case BACKGROUND -> {
        var ground = new Ground.Plain(dice.pick(List.of(Tint.values())));
        yield Optional.of(
            prompt(
                kind,
                List.of(actor),
                (speech, actors) -> speech.on(name(speech, actors), ground).getFirst(),
                ground.tint().english(),
                1));
      }
      case SMALL ->
          Optional.of(
              prompt(kind, List.of(actor), (speech, _) -> speech.small(subject).getFirst(), "", 1));
      case COUNTED -> {
        int count = 2 + dice.below(3);
        yield Optional.of(
            prompt(
                kind,
                List.of(actor),
                (speech, _) -> speech.counted(subject, count).getFirst(),
                "",
                count));
      }
      case RELATED -> related(subject, pool.pick(dice), dice.pick(RELATIONS));
    };
  }

  /** Two things of one style, if these are such. */
  private static Optional<CompositionPrompt> related(
      Subject first, Subject second, Relation relation) {
    boolean alike = first.drawing().style().equals(second.drawing().style());
    if (!alike || !first.differsFrom(second)) {
      return Optional.empty();
    }
    List<Actor> actors =
        List.of(new Actor(first, Optional.empty()), new Actor(second, Optional.empty()));
    CompositionPrompt prompt =
        prompt(
            Kind.RELATED,
            actors,
            (speech, both) ->
                speech
                    .related(
                        name(speech, both.subList(0, 1)),
                        relation,
                        name(speech, both.subList(1, 2)))
                    .getFirst(),
            "",
            1);
    return Optional.of(
        new CompositionPrompt(
            prompt.kind(),
            prompt.english(),
            prompt.french(),
            prompt.drawings(),
            prompt.concepts(),
            prompt.style(),
            prompt.tint(),
            Optional.of(relation),
            prompt.count()));
  }

  private static String name(Speech speech, List<Actor> actors) {
    return speech.names(actors.getFirst()).getFirst();
  }

  private interface Wording {
    String of(Speech speech, List<Actor> actors);
  }

  private static CompositionPrompt prompt(
      Kind kind, List<Actor> actors, Wording wording, String tint, int count) {
    String style = actors.getFirst().subject().drawing().style();
    return new CompositionPrompt(
        kind,
        styled(Speech.of(Language.ENGLISH), actors, wording, style),
        styled(Speech.of(Language.FRENCH), actors, wording, style),
        actors.stream().map(actor -> actor.subject().position()).toList(),
        actors.stream().map(actor -> actor.subject().drawing().concept()).toList(),
        style,
        tint,
        Optional.empty(),
        count);
  }

  private static String styled(Speech speech, List<Actor> actors, Wording wording, String style) {
    String text = wording.of(speech, actors);
    return style.isEmpty() ? text : speech.styled(text, style).getFirst();
  }
}
