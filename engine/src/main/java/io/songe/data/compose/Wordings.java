package io.songe.data.compose;

import io.songe.data.Caption;
import io.songe.data.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Captions of what is in a picture, worded anew for all dice. All end in the style in four of five
 * cases; the rest is the ways that people write prompts: with an article or without, keywords
 * beside the name or alone, the words in another order.
 */
final class Wordings {
  private static final double STYLED = 0.8;
  private static final double BARE = 0.6;
  private static final double KEYWORDS_ALONE = 0.08;
  private static final double KEYWORDS_BESIDE = 0.24;
  private static final double KEYWORDS_FIRST = 0.15;
  private static final double PICTURED = 0.08;
  private static final double PLACED = 0.6;
  private static final double SMALL_SAID = 0.75;
  private static final double RELATION_SAID = 0.7;
  private static final double CURLY = 0.1;
  private static final int MOST_KEYWORDS = 3;

  private final Language language;
  private final Speech speech;
  private final Dice dice;

  Wordings(Language language, Dice dice) {
    this.language = language;
    this.speech = Speech.of(language);
    this.dice = dice;
  }

  /** {@return what a drawing is, as its source says} */
  String plain(Subject subject) {
    List<String> keywords = keywords(subject);
    double form = dice.uniform();
    if (form < KEYWORDS_ALONE && keywords.size() > 1) {
      String between = dice.chance(BARE) ? " " : ", ";
      return styled(String.join(between, dice.some(MOST_KEYWORDS, keywords)), subject);
    }
    String name = name(new Actor(subject, Optional.empty()));
    if (dice.chance(PICTURED)) {
      name = dice.pick(speech.pictured(name));
    }
    boolean beside = form > 1 - KEYWORDS_BESIDE && !keywords.isEmpty();
    return styled(beside ? beside(name, keywords) : name, subject);
  }

  /** {@return what was recoloured, with its colour} */
  String recoloured(Actor actor) {
    return styled(dice.usually(speech.names(actor)), actor.subject());
  }

  /** {@return what lies on a ground, and on which} */
  String on(Actor actor, Ground ground) {
    return styled(dice.usually(speech.on(name(actor), ground)), actor.subject());
  }

  /** {@return what is small, or where it is, or both} */
  String small(Subject subject, Optional<Place> place) {
    boolean placed = place.isPresent() && dice.chance(PLACED);
    boolean said = !placed || dice.chance(SMALL_SAID);
    String name =
        said ? dice.usually(speech.small(subject)) : name(new Actor(subject, Optional.empty()));
    return styled(placed ? dice.pick(speech.at(name, place.get())) : name, subject);
  }

  /** {@return what there are several of, and how many} */
  String counted(Subject subject, int count) {
    return styled(dice.usually(speech.counted(subject, count)), subject);
  }

  /** {@return several things, mostly with how they stand to each other} */
  String related(List<Actor> actors, Relation relation) {
    List<String> names = alike(actors);
    boolean said = dice.chance(RELATION_SAID);
    List<String> ways;
    if (!said || (actors.size() > 2 && dice.chance(BARE))) {
      ways = speech.together(said ? names : dice.some(names.size(), names));
    } else if (actors.size() > 2) {
      ways = speech.row(names);
    } else {
      ways = speech.related(names.getFirst(), relation, names.getLast());
    }
    return styled(dice.usually(ways), actors.getFirst().subject());
  }

  private String name(Actor actor) {
    List<String> names = speech.names(actor);
    return dice.chance(BARE) ? names.getFirst() : dice.pick(names);
  }

  /** Names that all have the same article, or none. */
  private List<String> alike(List<Actor> actors) {
    int form = dice.chance(BARE) ? 0 : dice.below(3);
    return actors.stream()
        .map(speech::names)
        .map(names -> names.get(Math.min(form, names.size() - 1)))
        .toList();
  }

  private String beside(String name, List<String> keywords) {
    List<String> words = new ArrayList<>();
    words.add(name);
    words.addAll(dice.some(1 + dice.below(MOST_KEYWORDS), keywords));
    return String.join(", ", dice.chance(KEYWORDS_FIRST) ? dice.some(words.size(), words) : words);
  }

  private List<String> keywords(Subject subject) {
    Caption caption = subject.drawing().captions().get(language);
    return caption == null
        ? List.of()
        : caption.keywords().stream().map(Labels::cleaned).filter(word -> !word.isEmpty()).toList();
  }

  private String styled(String caption, Subject subject) {
    String style = subject.drawing().style();
    boolean said = !style.isEmpty() && dice.chance(STYLED);
    String whole = said ? dice.usually(speech.styled(caption, style)) : caption;
    // Some keyboards set apostrophes so.
    return whole.indexOf('\'') >= 0 && dice.chance(CURLY) ? whole.replace('\'', '\u2019') : whole;
  }
}
