package io.songe.data.compose;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a thing stands, in parts of the picture's side, and how large it may be.
 *
 * @param x of its centre, from the left
 * @param y of its centre, from the top
 * @param width at most
 * @param height at most
 */
record Spot(double x, double y, double width, double height) {
  /** {@return the ways to set so many things apart from each other} */
  static List<List<Spot>> arrangements(int count) {
    return switch (count) {
      case 2 ->
          List.of(row(2), column(2), List.of(square(0.28, 0.3, 0.44), square(0.72, 0.7, 0.44)));
      case 3 ->
          List.of(
              row(3),
              List.of(square(0.5, 0.27, 0.44), square(0.27, 0.73, 0.44), square(0.73, 0.73, 0.44)),
              List.of(square(0.27, 0.27, 0.44), square(0.73, 0.27, 0.44), square(0.5, 0.73, 0.44)));
      case 4 ->
          List.of(
              List.of(
                  square(0.27, 0.27, 0.44),
                  square(0.73, 0.27, 0.44),
                  square(0.27, 0.73, 0.44),
                  square(0.73, 0.73, 0.44)),
              row(4));
      default -> throw new IllegalArgumentException("nobody counts to " + count);
    };
  }

  /** {@return the spots of things in a relation that does not hide any, in the things' order} */
  static List<Spot> of(Relation relation, int count) {
    return switch (relation) {
      case LEFT_OF, ROW -> row(count);
      case RIGHT_OF -> row(count).reversed();
      case ABOVE -> column(count);
      case BELOW -> column(count).reversed();
      case IN_FRONT_OF, BEHIND -> throw new IllegalArgumentException("one hides the other");
    };
  }

  private static List<Spot> row(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Spot((i + 0.5) * 0.96 / count + 0.02, 0.5, 0.9 / count, 0.6))
        .toList();
  }

  private static List<Spot> column(int count) {
    return row(count).stream()
        .map(spot -> new Spot(spot.y(), spot.x(), spot.height(), spot.width()))
        .toList();
  }

  private static Spot square(double x, double y, double size) {
    return new Spot(x, y, size, size);
  }
}
