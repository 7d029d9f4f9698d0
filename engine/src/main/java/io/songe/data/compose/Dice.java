package io.songe.data.compose;

import io.songe.random.Draws;
import java.util.ArrayList;
import java.util.List;

/** Draws one after the other, for a piece of work that one thread does in a fixed order. */
final class Dice {
  private static final double USUAL = 0.6;

  private final Draws draws;
  private long thrown;

  Dice(Draws draws) {
    this.draws = draws;
  }

  /** {@return a number of at least 0 and below 1} */
  double uniform() {
    return draws.uniform(0, thrown++);
  }

  /** {@return a number of at least low and below high} */
  double between(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** {@return a whole number of at least 0 and below the bound} */
  int below(int bound) {
    return draws.below(bound, 0, thrown++);
  }

  /** {@return true in so many cases of one} */
  boolean chance(double share) {
    return uniform() < share;
  }

  /** {@return one of several, all equally likely} */
  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** {@return the first of several ways in most cases, else any of them} */
  <T> T usually(List<T> ways) {
    return chance(USUAL) ? ways.getFirst() : pick(ways);
  }

  /** {@return some of several, none twice, in a random order; all if there are no more} */
  <T> List<T> some(int count, List<T> choices) {
    List<T> left = new ArrayList<>(choices);
    List<T> taken = new ArrayList<>();
    while (taken.size() < count && !left.isEmpty()) {
      taken.add(left.remove(below(left.size())));
    }
    return taken;
  }
}
