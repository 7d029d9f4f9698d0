package io.songe.evaluate.judge;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * How often what belongs to a query is found among candidates.
 *
 * @param first part of the queries whose own candidate is the nearest
 * @param firstFive part of the queries whose own candidate is among the five nearest
 * @param queries how many there were
 * @param candidates how many there were for each
 */
public record Retrieval(double first, double firstFive, int queries, int candidates) {
  private static final int FIVE = 5;

  /** How near a candidate is to a query. */
  @FunctionalInterface
  interface Nearness {
    /** More for what is nearer. */
    double of(int query, int candidate);
  }

  /**
   * Looks for each query's own candidate, which has its number. Candidates as near as the own one
   * count as nearer, so that a judge that sees no differences finds nothing.
   *
   * @param count of queries and of candidates
   * @param nearness of them
   */
  static Retrieval of(int count, Nearness nearness) {
    int first = 0;
    int firstFive = 0;
    for (int query = 0; query < count; query++) {
      double own = nearness.of(query, query);
      int before = 0;
      for (int other = 0; other < count; other++) {
        before += other != query && nearness.of(query, other) >= own ? 1 : 0;
      }
      first += before == 0 ? 1 : 0;
      firstFive += before < FIVE ? 1 : 0;
    }
    return new Retrieval((double) first / count, (double) firstFive / count, count, count);
  }

  /**
   * {@return the mean over several, weighed by their queries}
   *
   * @param several at least one
   */
  public static Retrieval mean(List<Retrieval> several) {
    int queries = several.stream().mapToInt(Retrieval::queries).sum();
    int candidates = several.stream().mapToInt(Retrieval::candidates).max().orElse(0);
    double first = several.stream().mapToDouble(r -> r.first * r.queries).sum() / queries;
    double five = several.stream().mapToDouble(r -> r.firstFive * r.queries).sum() / queries;
    return new Retrieval(first, five, queries, candidates);
  }

  /** The part of numbers below a bound for which something holds. */
  static double part(int count, IntPredicate holds) {
    int right = 0;
    for (int i = 0; i < count; i++) {
      right += holds.test(i) ? 1 : 0;
    }
    return (double) right / count;
  }
}
