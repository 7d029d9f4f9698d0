package io.songe.data.compose;

import java.util.List;

/** How the things in a picture stand to each other: the first to the second. */
public enum Relation {
  /** The first is left of the second. */
  LEFT_OF("to the left of", "à gauche de"),
  /** The first is right of the second. */
  RIGHT_OF("to the right of", "à droite de"),
  /** The first is above the second. */
  ABOVE("above", "au-dessus de"),
  /** The first is below the second. */
  BELOW("below", "au-dessous de"),
  /** The first hides a part of the second. */
  IN_FRONT_OF("in front of", "devant"),
  /** A part of the first is hidden by the second. */
  BEHIND("behind", "derrière"),
  /** Several in a row from the left. */
  ROW("and", "et");

  /** All relations that two things can stand in. */
  static final List<Relation> OF_TWO =
      List.of(LEFT_OF, RIGHT_OF, ABOVE, BELOW, IN_FRONT_OF, BEHIND);

  private final String english;
  private final String french;

  Relation(String english, String french) {
    this.english = english;
    this.french = french;
  }

  /** {@return how the second stands to the first; a row is its own converse} */
  public Relation converse() {
    return switch (this) {
      case LEFT_OF -> RIGHT_OF;
      case RIGHT_OF -> LEFT_OF;
      case ABOVE -> BELOW;
      case BELOW -> ABOVE;
      case IN_FRONT_OF -> BEHIND;
      case BEHIND -> IN_FRONT_OF;
      case ROW -> ROW;
    };
  }

  /** {@return the words that stand between the things in English} */
  String english() {
    return english;
  }

  /** {@return the words that stand between the things in French} */
  String french() {
    return french;
  }
}
