package io.songe.data.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The wordings of French. */
final class French implements Speech {
  private static final List<String> NUMBERS =
      List.of("aucun", "un", "deux", "trois", "quatre", "cinq");

  @Override
  public List<String> names(Actor actor) {
    FrenchNoun noun = noun(actor.subject());
    if (actor.tint().isEmpty()) {
      return noun.names();
    }
    List<String> names = new ArrayList<>();
    for (FrenchNoun coloured : noun.in(actor.tint().get())) {
      names.addAll(coloured.names());
    }
    return names;
  }

  @Override
  public List<String> small(Subject subject) {
    FrenchNoun noun = noun(subject);
    List<String> names = new ArrayList<>();
    noun.small("petit ", "petite ").ifPresent(small -> names.addAll(small.names()));
    noun.small("tout petit ", "toute petite ").ifPresent(small -> names.addAll(small.names()));
    names.add(noun.text() + " en petit");
    names.add(noun.text() + ", en petit");
    return names;
  }

  @Override
  public List<String> counted(Subject subject, int count) {
    FrenchNoun noun = noun(subject);
    List<String> names = new ArrayList<>();
    Optional<String> plural = noun.plural();
    plural.ifPresent(several -> names.add(NUMBERS.get(count) + " " + several));
    plural.ifPresent(several -> names.add(count + " " + several));
    names.add(noun.text() + ", " + NUMBERS.get(count) + " fois");
    names.add(count + " × " + noun.text());
    return names;
  }

  @Override
  public List<String> pictured(String name) {
    return List.of(
        FrenchNoun.after("dessin de", name),
        FrenchNoun.after("un dessin de", name),
        FrenchNoun.after("image de", name),
        FrenchNoun.after("une image de", name),
        FrenchNoun.after("illustration de", name),
        FrenchNoun.after("icône de", name),
        FrenchNoun.after("émoji de", name));
  }

  @Override
  public List<String> on(String name, Ground ground) {
    String first = ground.tints().getFirst().french();
    String second = ground.tints().getLast().french();
    return switch (ground) {
      case Ground.Plain _ ->
          List.of(
              name + " sur fond " + first,
              name + " sur un fond " + first,
              name + ", fond " + first,
              name
                  + " sur fond de couleur "
                  + ground.tints().getFirst().agreeing(FrenchNoun.Gender.FEMININE));
      case Ground.Gradient _ ->
          List.of(
              name + " sur fond dégradé " + fromTo(first, second),
              FrenchNoun.after(name + " sur un dégradé de", first) + " et de " + second,
              name + ", fond dégradé " + first + " et " + second);
      case Ground.Stripes _ ->
          List.of(
              name + " sur fond rayé " + first + " et " + second,
              name + " sur un fond à rayures, " + first + " et " + second,
              name + ", fond rayé " + first + " et " + second,
              name + " sur fond rayé");
      case Ground.Checks _ ->
          List.of(
              name + " sur fond à carreaux " + squares(ground),
              name + ", fond à carreaux " + squares(ground),
              name + " sur un damier " + first + " et " + second,
              name + " sur fond à carreaux");
      case Ground.Dots _ -> {
        String dots = ground.tints().getLast().agreeing(FrenchNoun.Gender.MASCULINE_PLURAL);
        yield List.of(
            name + " sur fond " + first + " à pois " + dots,
            name + " sur un fond " + first + " avec des pois " + dots,
            name + " sur fond à pois");
      }
    };
  }

  private static String fromTo(String first, String second) {
    String to = second.startsWith("o") ? "à l'" + second : "au " + second;
    return (first.startsWith("o") ? "de l'" : "du ") + first + " " + to;
  }

  private static String squares(Ground ground) {
    return ground.tints().getFirst().agreeing(FrenchNoun.Gender.MASCULINE_PLURAL)
        + " et "
        + ground.tints().getLast().agreeing(FrenchNoun.Gender.MASCULINE_PLURAL);
  }

  @Override
  public List<String> at(String name, Place place) {
    return List.of(
        name + " " + place.french(), name + ", " + place.french(), name + " " + place.frenchLong());
  }

  @Override
  public List<String> related(String first, Relation relation, String second) {
    List<String> ways = new ArrayList<>();
    ways.add(stands(first, relation.french(), second));
    ways.add(stands(second, relation.converse().french(), first));
    switch (relation) {
      case LEFT_OF -> ways.add(first + " à gauche, " + second + " à droite");
      case RIGHT_OF -> ways.add(second + " à gauche, " + first + " à droite");
      case ABOVE -> {
        ways.add(first + " en haut, " + second + " en bas");
        ways.add(second + " sous " + first);
      }
      case BELOW -> {
        ways.add(second + " en haut, " + first + " en bas");
        ways.add(first + " sous " + second);
      }
      case IN_FRONT_OF, BEHIND, ROW -> {}
    }
    return ways;
  }

  private static String stands(String first, String preposition, String second) {
    return first + " " + FrenchNoun.after(preposition, second);
  }

  @Override
  public List<String> together(List<String> names) {
    if (names.size() == 2) {
      return List.of(
          names.getFirst() + " et " + names.getLast(),
          names.getFirst() + " et " + names.getLast(),
          names.getFirst() + " avec " + names.getLast(),
          names.getFirst() + ", " + names.getLast());
    }
    String before = String.join(", ", names.subList(0, names.size() - 1));
    return List.of(
        before + " et " + names.getLast(),
        before + ", " + names.getLast(),
        String.join(" et ", names));
  }

  @Override
  public List<String> row(List<String> names) {
    String before = String.join(", ", names.subList(0, names.size() - 1));
    return List.of(
        before + " et " + names.getLast() + " alignés",
        "de gauche à droite : " + before + ", " + names.getLast(),
        names.get(1) + " entre " + names.getFirst() + " et " + names.getLast());
  }

  @Override
  public List<String> styled(String caption, String style) {
    return List.of(
        caption + ", style " + style,
        caption + " en style " + style,
        caption + ", en style " + style,
        caption + " dans le style " + style,
        "style " + style + ", " + caption);
  }

  private static FrenchNoun noun(Subject subject) {
    return subject.french().orElseThrow();
  }
}
