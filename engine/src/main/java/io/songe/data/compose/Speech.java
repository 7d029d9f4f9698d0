package io.songe.data.compose;

import io.songe.data.Language;
import java.util.List;

/** The wordings of one language. Each method gives all ways to say a thing, the usual one first. */
sealed interface Speech permits English, French {
  static Speech of(Language language) {
    return switch (language) {
      case ENGLISH -> new English();
      case FRENCH -> new French();
    };
  }

  /** {@return a thing with and without article and, where it was given one, its colour} */
  List<String> names(Actor actor);

  /** {@return a thing, made small} */
  List<String> small(Subject subject);

  /** {@return several of a thing} */
  List<String> counted(Subject subject, int count);

  /** {@return a picture of something, said by a name} */
  List<String> pictured(String name);

  /** {@return something on a ground} */
  List<String> on(String name, Ground ground);

  /** {@return something at a place} */
  List<String> at(String name, Place place);

  /** {@return two things and how the first stands to the second} */
  List<String> related(String first, Relation relation, String second);

  /** {@return things, in any order, without saying how they stand to each other} */
  List<String> together(List<String> names);

  /** {@return things in a row, from the left} */
  List<String> row(List<String> names);

  /** {@return a caption with the style in which it is drawn} */
  List<String> styled(String caption, String style);
}
