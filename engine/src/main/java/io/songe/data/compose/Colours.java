package io.songe.data.compose;

import io.songe.image.Colour;

/** Colours between colours. */
final class Colours {
  private Colours() {}

  /**
   * A mixture, opaque.
   *
   * @param share of the second, 0 to 1
   */
  static Colour between(Colour first, Colour second, double share) {
    return Colour.opaque(
        mix(first.red(), second.red(), share),
        mix(first.green(), second.green(), share),
        mix(first.blue(), second.blue(), share));
  }

  private static int mix(int first, int second, double share) {
    return (int) Math.round(first + (second - first) * share);
  }
}
