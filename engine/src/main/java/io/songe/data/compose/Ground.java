package io.songe.data.compose;

import io.songe.image.Colour;
import java.util.List;

/** What may lie under a drawing. */
sealed interface Ground {
  /** {@return the colours in it, the first the one that fills most} */
  List<Tint> tints();

  /**
   * The colour of a point.
   *
   * @param x from 0 at the left to 1
   * @param y from 0 at the top to 1
   */
  Colour at(double x, double y);

  /** One colour. */
  record Plain(Tint tint) implements Ground {
    @Override
    public List<Tint> tints() {
      return List.of(tint);
    }

    @Override
    public Colour at(double x, double y) {
      return tint.colour();
    }
  }

  /** One colour above that turns into another below. */
  record Gradient(Tint above, Tint below) implements Ground {
    @Override
    public List<Tint> tints() {
      return List.of(above, below);
    }

    @Override
    public Colour at(double x, double y) {
      return Colours.between(above.colour(), below.colour(), y);
    }
  }

  /**
   * Stripes of two colours, as wide as each other.
   *
   * @param count how many pairs of stripes there are
   * @param turned whether they lie instead of standing
   */
  record Stripes(Tint first, Tint second, int count, boolean turned) implements Ground {
    @Override
    public List<Tint> tints() {
      return List.of(first, second);
    }

    @Override
    public Colour at(double x, double y) {
      double along = (turned ? y : x) * 2 * count;
      return ((int) along % 2 == 0 ? first : second).colour();
    }
  }

  /**
   * Squares of two colours, as on a board.
   *
   * @param count how many pairs of squares there are in a row
   */
  record Checks(Tint first, Tint second, int count) implements Ground {
    @Override
    public List<Tint> tints() {
      return List.of(first, second);
    }

    @Override
    public Colour at(double x, double y) {
      int field = (int) (x * 2 * count) + (int) (y * 2 * count);
      return (field % 2 == 0 ? first : second).colour();
    }
  }

  /**
   * Round dots on one colour.
   *
   * @param count how many there are in a row
   */
  record Dots(Tint ground, Tint dots, int count) implements Ground {
    private static final double RADIUS = 0.27;

    @Override
    public List<Tint> tints() {
      return List.of(ground, dots);
    }

    @Override
    public Colour at(double x, double y) {
      int row = (int) (y * count);
      double shifted = x * count + (row % 2 == 0 ? 0 : 0.5);
      double fromCentreX = shifted - Math.floor(shifted) - 0.5;
      double fromCentreY = y * count - row - 0.5;
      boolean dot = fromCentreX * fromCentreX + fromCentreY * fromCentreY < RADIUS * RADIUS;
      return (dot ? dots : ground).colour();
    }
  }
}
