package io.songe.data.compose;

import io.songe.data.Corpus;
import io.songe.data.Drawing;
import io.songe.data.Holdout;
import io.songe.data.Language;
import io.songe.data.compose.Composition.Kind;
import io.songe.error.InvalidRequestException;
import io.songe.image.Image;
import io.songe.random.Draws;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * An endless row of {@linkplain Composition compositions} from the drawings of one part of a
 * corpus. The composition at a position depends on the corpus, the part, the shares, the seed and
 * the position alone, so that a row can be gone on with anywhere. Safe for use by several threads.
 *
 * <p>A composition is made only of drawings whose captions stay true in it; where several attempts
 * find none, as in a corpus of whose pictures nothing but a sentence is known, a plain drawing
 * takes its place.
 */
public final class Composer {
  private static final int ATTEMPTS = 12;
  private static final double THREE = 0.2;
  private static final double TINTED = 0.25;
  private static final double PLACED = 0.75;

  private final Draws draws;
  private final Stage stage;
  private final Map<Kind, Double> shares;
  private final Pool plain;
  private final Pool tintable;
  private final Pool composed;
  private final Pool shrinking;
  private final Pool countable;
  private final Map<String, Pool> byStyle = new HashMap<>();

  /**
   * A row of compositions from some of the drawings of a part.
   *
   * @param corpus gives the drawings; open as long as the row is used
   * @param part which drawings are taken
   * @param wanted which of these are taken
   * @param shares how often each kind appears, in parts of their sum; kinds that are not named do
   *     not appear
   * @param seed any number: another row for each
   * @throws InvalidRequestException if no drawing of the part is wanted, or the shares are no
   *     shares
   */
  public Composer(
      Corpus corpus,
      Holdout.Part part,
      Predicate<Drawing> wanted,
      Map<Kind, Double> shares,
      long seed) {
    this(corpus.drawings(), corpus::picture, corpus.side(), part, wanted, shares, seed);
  }

  /**
   * A row of compositions from drawings that lie anywhere.
   *
   * @param drawings all of a corpus
   * @param pictures gives the picture of a drawing by its position, from any thread; of the side
   * @param side height and width of the pictures, in pixels
   * @param part which drawings are taken
   * @param shares as above
   * @param seed any number: another row for each
   * @throws InvalidRequestException if the part has no drawings, or the shares are no shares
   */
  public Composer(
      List<Drawing> drawings,
      IntFunction<Image> pictures,
      int side,
      Holdout.Part part,
      Map<Kind, Double> shares,
      long seed) {
    this(drawings, pictures, side, part, _ -> true, shares, seed);
  }

  /** A row of compositions from some drawings that lie anywhere. */
  Composer(
      List<Drawing> drawings,
      IntFunction<Image> pictures,
      int side,
      Holdout.Part part,
      Predicate<Drawing> wanted,
      Map<Kind, Double> shares,
      long seed) {
    this.draws = new Draws(seed);
    this.stage = new Stage(pictures, side);
    this.shares = checked(shares);
    List<Subject> subjects =
        Holdout.of(drawings).drawings(part).stream()
            .filter(position -> wanted.test(drawings.get(position)))
            .map(position -> Subject.of(position, drawings.get(position)))
            .toList();
    if (subjects.isEmpty()) {
      throw new InvalidRequestException(
          "the corpus has no drawings in its part %s; it has %d in all; give it more drawings"
              .formatted(part, drawings.size()));
    }
    plain = new Pool(subjects, Subject::plainWeight);
    composed = new Pool(subjects, Subject::composedWeight);
    List<Subject> standing = composed.subjects();
    tintable = new Pool(standing, weightIf(subject -> !subject.tints().isEmpty()));
    shrinking = new Pool(standing, weightIf(Subject::shrinks));
    countable = new Pool(standing, weightIf(Subject::counts));
    Map<String, List<Subject>> styles = new HashMap<>();
    for (Subject subject : standing) {
      styles.computeIfAbsent(subject.drawing().style(), _ -> new ArrayList<>()).add(subject);
    }
    styles.forEach((style, alike) -> byStyle.put(style, new Pool(alike, Subject::composedWeight)));
  }

  /** {@return the usual shares: half plain drawings, the rest compositions of every kind} */
  public static Map<Kind, Double> usualShares() {
    return Map.of(
        Kind.PLAIN, 0.5,
        Kind.RECOLOURED, 0.14,
        Kind.BACKGROUND, 0.1,
        Kind.SMALL, 0.05,
        Kind.COUNTED, 0.06,
        Kind.RELATED, 0.15);
  }

  /**
   * One composition.
   *
   * @param position from 0; any
   * @return the picture and its captions
   * @throws io.songe.error.BrokenFileException if a drawing cannot be read
   */
  public Composition at(long position) {
    Draws own = draws.in(position);
    var dice = new Dice(own.in(0));
    Kind kind = kind(dice);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Composition> made = attempt(kind, dice, own.in(1));
      if (made.isPresent()) {
        return made.get();
      }
    }
    return plain(dice, own.in(1));
  }

  private Kind kind(Dice dice) {
    double left = dice.uniform() * shares.values().stream().mapToDouble(share -> share).sum();
    Kind last = Kind.PLAIN;
    for (Map.Entry<Kind, Double> share : shares.entrySet()) {
      last = share.getKey();
      left -= share.getValue();
      if (left < 0) {
        break;
      }
    }
    return last;
  }

  private Optional<Composition> attempt(Kind kind, Dice dice, Draws wording) {
    return switch (kind) {
      case PLAIN -> Optional.of(plain(dice, wording));
      case RECOLOURED -> recoloured(dice, wording);
      case BACKGROUND -> background(dice, wording);
      case SMALL -> small(dice, wording);
      case COUNTED -> counted(dice, wording);
      case RELATED -> related(dice, wording);
    };
  }

  private Composition plain(Dice dice, Draws wording) {
    var actor = new Actor(plain.pick(dice), Optional.empty());
    return composition(
        Kind.PLAIN,
        stage.plain(actor.subject(), dice),
        List.of(actor),
        wording,
        words -> words.plain(actor.subject()));
  }

  private Optional<Composition> recoloured(Dice dice, Draws wording) {
    if (tintable.isEmpty()) {
      return Optional.empty();
    }
    Subject subject = tintable.pick(dice);
    var actor = new Actor(subject, Optional.of(dice.pick(subject.tints())));
    return stage
        .recoloured(actor, dice)
        .map(image ->
            composition(
                Kind.RECOLOURED, image, List.of(actor), wording, words -> words.recoloured(actor)));
  }

  private Optional<Composition> background(Dice dice, Draws wording) {
    if (composed.isEmpty()) {
      return Optional.empty();
    }
    var actor = new Actor(composed.pick(dice), Optional.empty());
    Ground ground = Grounds.any(dice);
    return stage
        .on(ground, actor.subject(), dice)
        .map(image ->
            new Composition(
                Kind.BACKGROUND,
                image,
                List.of(actor.subject().position()),
                ground.tints().getFirst().english(),
                actor.subject().languages(),
                words(List.of(actor), wording, words -> words.on(actor, ground))));
  }

  private Optional<Composition> small(Dice dice, Draws wording) {
    if (shrinking.isEmpty()) {
      return Optional.empty();
    }
    var actor = new Actor(shrinking.pick(dice), Optional.empty());
    Optional<Place> place =
        dice.chance(PLACED) ? Optional.of(dice.pick(List.of(Place.values()))) : Optional.empty();
    return stage
        .small(actor.subject(), place, dice)
        .map(image ->
            composition(
                Kind.SMALL,
                image,
                List.of(actor),
                wording,
                words -> words.small(actor.subject(), place)));
  }

  private Optional<Composition> counted(Dice dice, Draws wording) {
    if (countable.isEmpty()) {
      return Optional.empty();
    }
    var actor = new Actor(countable.pick(dice), Optional.empty());
    int count = 2 + dice.below(3);
    return stage
        .counted(actor.subject(), count, dice)
        .map(image ->
            composition(
                Kind.COUNTED,
                image,
                List.of(actor),
                wording,
                words -> words.counted(actor.subject(), count)));
  }

  private Optional<Composition> related(Dice dice, Draws wording) {
    if (composed.isEmpty()) {
      return Optional.empty();
    }
    Subject first = composed.pick(dice);
    Pool others = byStyle.get(first.drawing().style());
    List<Actor> actors = new ArrayList<>();
    actors.add(actor(first, dice));
    int count = dice.chance(THREE) ? 3 : 2;
    while (others != null && actors.size() < count) {
      Subject next = others.pick(dice);
      if (actors.stream().anyMatch(actor -> !actor.subject().differsFrom(next))) {
        return Optional.empty();
      }
      actors.add(actor(next, dice));
    }
    if (languages(actors).isEmpty()) {
      return Optional.empty();
    }
    Relation relation = count > 2 ? Relation.ROW : dice.pick(Relation.OF_TWO);
    return stage
        .related(actors, relation, dice)
        .map(image ->
            composition(
                Kind.RELATED, image, actors, wording, words -> words.related(actors, relation)));
  }

  private static Actor actor(Subject subject, Dice dice) {
    boolean tinted = dice.chance(TINTED) && !subject.tints().isEmpty();
    return new Actor(subject, tinted ? Optional.of(dice.pick(subject.tints())) : Optional.empty());
  }

  private static Composition composition(
      Kind kind, Image image, List<Actor> actors, Draws draws, Function<Wordings, String> wording) {
    return new Composition(
        kind,
        image,
        actors.stream().map(actor -> actor.subject().position()).toList(),
        actors.stream()
            .flatMap(actor -> actor.tint().stream())
            .findFirst()
            .map(Tint::english)
            .orElse(""),
        languages(actors),
        words(actors, draws, wording));
  }

  private static BiFunction<Language, Long, String> words(
      List<Actor> actors, Draws draws, Function<Wordings, String> wording) {
    var words = new Words(languages(actors), draws, wording);
    return words::in;
  }

  private static Set<Language> languages(List<Actor> actors) {
    Set<Language> all = EnumSet.allOf(Language.class);
    actors.forEach(actor -> all.retainAll(actor.subject().languages()));
    return all;
  }

  private static ToDoubleFunction<Subject> weightIf(Predicate<Subject> suits) {
    return subject -> suits.test(subject) ? subject.composedWeight() : 0;
  }

  private static Map<Kind, Double> checked(Map<Kind, Double> shares) {
    Map<Kind, Double> ordered = new EnumMap<>(Kind.class);
    ordered.putAll(shares);
    double sum = 0;
    for (double share : ordered.values()) {
      if (!(share >= 0 && share < Double.POSITIVE_INFINITY)) {
        throw new InvalidRequestException("a share is a number of at least 0, got " + shares);
      }
      sum += share;
    }
    if (sum <= 0) {
      throw new InvalidRequestException("at least one share must be above 0, got " + shares);
    }
    return ordered;
  }
}
