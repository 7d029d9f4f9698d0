package io.songe.data.compose;

import java.util.List;

/** Grounds to choose from. */
final class Grounds {
  private static final double PLAIN = 0.6;

  private Grounds() {}

  /** {@return any ground, more often of one colour than patterned} */
  static Ground any(Dice dice) {
    List<Tint> two = dice.some(2, List.of(Tint.values()));
    Tint first = two.getFirst();
    Tint second = two.getLast();
    if (dice.chance(PLAIN)) {
      return new Ground.Plain(first);
    }
    return switch (dice.below(4)) {
      case 0 -> new Ground.Gradient(first, second);
      case 1 -> new Ground.Stripes(first, second, 3 + dice.below(4), dice.chance(0.5));
      case 2 -> new Ground.Checks(first, second, 2 + dice.below(3));
      default -> new Ground.Dots(first, second, 4 + dice.below(4));
    };
  }
}
