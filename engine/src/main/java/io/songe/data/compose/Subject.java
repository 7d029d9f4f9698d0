package io.songe.data.compose;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Language;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A drawing with what its captions allow: which changes would leave them true. Where its group is
 * not known, hardly any.
 *
 * @param position of the drawing in the corpus
 * @param drawing without its pixels
 * @param english what it is called in English, where it is
 * @param french what it is called in French, where it is
 */
record Subject(
    int position, Drawing drawing, Optional<EnglishNoun> english, Optional<FrenchNoun> french) {
  private static final String FACES = "smileys-emotion";
  private static final Set<String> THINGS =
      Set.of(FACES, "animals-nature", "food-drink", "travel-places", "activities", "objects");
  private static final Set<String> MIRRORED = Set.of("animals-nature", "food-drink");
  private static final String PEOPLE = "people-body";
  private static final double FLAGS_WEIGHT = 0.35;
  private static final double SYMBOLS_WEIGHT = 0.5;
  private static final double LETTERS_WEIGHT = 0.25;
  private static final double PEOPLE_WEIGHT = 0.3;
  private static final double UNKNOWN_GENDER_WEIGHT = 0.4;
  private static final int LONG_LABEL = 5;

  /** Clocks, numbers, negations: no things that stand beside others. */
  private static final Pattern NO_THING =
      Pattern.compile(
          ".*([\\d:“”!#*]|o'clock|-thirty|\\bheures?\\b|\\bnot?\\b|\\bface to face\\b).*");

  /** What a mirror turns into its contrary, and what has writing on it. */
  private static final Pattern SIDED =
      Pattern.compile(
          ".*\\b(left|right|leftwards|rightwards|gauche|droite|text|sign|letters?|sake|flag|clock"
              + "|moon cake|bento|canned food)\\b.*");

  /** What has a size or a number in its name, or is of several parts. */
  private static final Pattern MEASURED =
      Pattern.compile(
          ".*\\b(small|big|large|tiny|little|giant|huge|mini|petite?s?|grande?s?|gros|grosse|géante?"
              + "|two|three|four|five|deux|trois|quatre|cinq|couple|family|famille|and|et)\\b.*");

  /** Things that show skin. */
  private static final Pattern SKINNED = Pattern.compile(".*\\b(dolls?|poupées?)\\b.*");

  /** A white drawing is not seen on white. */
  private static final List<Tint> TINTS =
      Stream.of(Tint.values()).filter(tint -> tint != Tint.WHITE).toList();

  /** Without those that would be taken for somebody's skin. */
  private static final List<Tint> FACE_TINTS =
      TINTS.stream().filter(tint -> tint != Tint.BLACK && tint != Tint.BROWN).toList();

  static Subject of(int position, Drawing drawing) {
    return new Subject(
        position,
        drawing,
        label(drawing, Language.ENGLISH).map(EnglishNoun::of),
        label(drawing, Language.FRENCH).map(FrenchNoun::of));
  }

  /** {@return the languages that it has a caption in} */
  Set<Language> languages() {
    return EnumSet.copyOf(drawing.captions().keySet());
  }

  /** {@return how often it is taken as it is, beside others; flags and letters less often} */
  double plainWeight() {
    return switch (drawing.group()) {
      case "flags" -> FLAGS_WEIGHT;
      case "symbols" -> SYMBOLS_WEIGHT;
      case "component" -> LETTERS_WEIGHT;
      default -> 1;
    };
  }

  /** {@return how often it is taken for compositions, beside others; 0 for never} */
  double composedWeight() {
    if (!stands()) {
      return 0;
    }
    boolean neutral = french.isPresent() && french.get().gender().isEmpty();
    return (drawing.group().equals(PEOPLE) ? PEOPLE_WEIGHT : 1)
        * (neutral ? UNKNOWN_GENDER_WEIGHT : 1);
  }

  /** {@return whether its mirror image is called the same} */
  boolean mirrors() {
    return MIRRORED.contains(drawing.group()) && !saysAny(SIDED);
  }

  /** {@return the colours that it can be given and called by; none if it must keep its own} */
  List<Tint> tints() {
    boolean keepsItsOwn =
        !stands()
            || !THINGS.contains(drawing.group())
            || saysAny(MEASURED)
            || saysAny(SKINNED)
            || labels().stream().anyMatch(ColourWords::in);
    if (keepsItsOwn) {
      return List.of();
    }
    return drawing.group().equals(FACES) ? FACE_TINTS : TINTS;
  }

  /** {@return whether several of it are several of what it is called, and no more} */
  boolean counts() {
    boolean one =
        english.map(noun -> noun.number() == EnglishNoun.Count.SINGULAR).orElse(true)
            && french
                .map(noun -> noun.gender().map(gender -> !gender.plural()).orElse(false))
                .orElse(true);
    return one && stands() && THINGS.contains(drawing.group()) && !saysAny(MEASURED);
  }

  /** {@return whether it can be called small} */
  boolean shrinks() {
    return stands() && !saysAny(MEASURED);
  }

  /** {@return whether the two are different things, by concept and by name} */
  boolean differsFrom(Subject other) {
    return !drawing.concept().equals(other.drawing.concept())
        && labels().stream().noneMatch(label -> other.labels().contains(label));
  }

  private boolean stands() {
    boolean grouped = THINGS.contains(drawing.group()) || drawing.group().equals(PEOPLE);
    return grouped
        && !saysAny(NO_THING)
        && labels().stream().allMatch(label -> label.split(" ", -1).length <= LONG_LABEL);
  }

  private boolean saysAny(Pattern pattern) {
    return labels().stream().anyMatch(label -> pattern.matcher(label).matches());
  }

  private List<String> labels() {
    return drawing.captions().values().stream()
        .map(caption -> Labels.cleaned(caption.label()).toLowerCase(Locale.ROOT))
        .toList();
  }

  private static Optional<String> label(Drawing drawing, Language language) {
    return Optional.ofNullable(drawing.captions().get(language)).map(Caption::label);
  }
}
