package io.songe.data.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The wordings of English. */
final class English implements Speech {
  private static final List<String> NUMBERS = List.of("no", "one", "two", "three", "four", "five");
  private static final List<String> TIMES =
      List.of("never", "once", "twice", "three times", "four times", "five times");

  @Override
  public List<String> names(Actor actor) {
    EnglishNoun noun = noun(actor.subject());
    if (actor.tint().isEmpty()) {
      return noun.names();
    }
    String colour = actor.tint().get().english();
    List<String> names = new ArrayList<>(noun.with(colour).names());
    names.add(noun.text() + " in " + colour);
    return names;
  }

  @Override
  public List<String> small(Subject subject) {
    EnglishNoun noun = noun(subject);
    List<String> names = new ArrayList<>(noun.with("small").names());
    names.addAll(noun.with("tiny").names());
    names.add(noun.text() + ", small");
    return names;
  }

  @Override
  public List<String> counted(Subject subject, int count) {
    EnglishNoun noun = noun(subject);
    List<String> names = new ArrayList<>();
    Optional<String> plural = noun.plural();
    plural.ifPresent(several -> names.add(NUMBERS.get(count) + " " + several));
    plural.ifPresent(several -> names.add(count + " " + several));
    names.add(noun.text() + ", " + TIMES.get(count));
    names.add(count + " × " + noun.text());
    return names;
  }

  @Override
  public List<String> pictured(String name) {
    return List.of(
        "drawing of " + name,
        "a drawing of " + name,
        "picture of " + name,
        "a picture of " + name,
        "illustration of " + name,
        name + " icon",
        name + " emoji");
  }

  @Override
  public List<String> on(String name, Ground ground) {
    String first = ground.tints().getFirst().english();
    String second = ground.tints().getLast().english();
    return switch (ground) {
      case Ground.Plain _ ->
          List.of(
              name + " on " + EnglishNoun.indefinite(first + " background"),
              name + ", " + first + " background",
              name + " on " + first,
              name + " against " + EnglishNoun.indefinite(first + " background"));
      case Ground.Gradient _ ->
          List.of(
              name + " on a " + first + " to " + second + " gradient",
              name + ", gradient background from " + first + " to " + second,
              name + " on a gradient background, " + first + " and " + second);
      case Ground.Stripes _ ->
          List.of(
              name + " on a " + first + " and " + second + " striped background",
              name + " on " + first + " and " + second + " stripes",
              name + ", striped background in " + first + " and " + second,
              name + " on a striped background");
      case Ground.Checks _ ->
          List.of(
              name + " on a " + first + " and " + second + " checkered background",
              name + ", checkered background in " + first + " and " + second,
              name + " on a checkered background");
      case Ground.Dots _ ->
          List.of(
              name
                  + " on "
                  + EnglishNoun.indefinite(first + " background with " + second + " dots"),
              name + ", " + second + " dots on " + first,
              name + " on a dotted background");
    };
  }

  @Override
  public List<String> at(String name, Place place) {
    return List.of(name + " " + place.english(), name + ", " + place.english());
  }

  @Override
  public List<String> related(String first, Relation relation, String second) {
    List<String> ways = new ArrayList<>();
    ways.add(first + " " + relation.english() + " " + second);
    ways.add(second + " " + relation.converse().english() + " " + first);
    switch (relation) {
      case LEFT_OF -> ways.add(first + " on the left, " + second + " on the right");
      case RIGHT_OF -> ways.add(second + " on the left, " + first + " on the right");
      case ABOVE -> ways.add(first + " at the top, " + second + " at the bottom");
      case BELOW -> ways.add(second + " at the top, " + first + " at the bottom");
      case IN_FRONT_OF, BEHIND, ROW -> {}
    }
    return ways;
  }

  @Override
  public List<String> together(List<String> names) {
    if (names.size() == 2) {
      return List.of(
          names.getFirst() + " and " + names.getLast(),
          names.getFirst() + " and " + names.getLast(),
          names.getFirst() + " with " + names.getLast(),
          names.getFirst() + ", " + names.getLast());
    }
    String before = String.join(", ", names.subList(0, names.size() - 1));
    return List.of(
        before + " and " + names.getLast(),
        before + ", " + names.getLast(),
        String.join(" and ", names));
  }

  @Override
  public List<String> row(List<String> names) {
    String before = String.join(", ", names.subList(0, names.size() - 1));
    return List.of(
        before + " and " + names.getLast() + " in a row",
        "from left to right: " + before + ", " + names.getLast(),
        names.get(1) + " between " + names.getFirst() + " and " + names.getLast());
  }

  @Override
  public List<String> styled(String caption, String style) {
    return List.of(
        caption + ", " + style + " style",
        caption + " in " + style + " style",
        caption + ", in " + style + " style",
        caption + " in the " + style + " style",
        style + " style " + caption,
        style + " style, " + caption);
  }

  private static EnglishNoun noun(Subject subject) {
    return subject.english().orElseThrow();
  }
}
