package io.songe.jobs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * In which order waiting jobs are drawn: those that were begun before, then the higher priorities.
 * Among equals the owners take turns, whoever was served longest ago first, so that a job waits for
 * as many others as there are owners and not as there are jobs.
 */
final class FairOrder {
  /** The places of one owner's jobs. */
  static final Comparator<Row> OWN =
      Comparator.comparing((Row row) -> !row.place().resumed())
          .thenComparing(row -> row.place().priority(), Comparator.reverseOrder())
          .thenComparingLong(row -> row.place().rank());

  /** What equals have in common. */
  private record Rank(boolean resumed, int priority) implements Comparable<Rank> {
    @Override
    public int compareTo(Rank other) {
      return Comparator.comparing((Rank it) -> !it.resumed)
          .thenComparing(Rank::priority, Comparator.reverseOrder())
          .compare(this, other);
    }
  }

  private FairOrder() {}

  /**
   * {@return the jobs in the order in which they are drawn}
   *
   * @param queued jobs
   * @param turns when owners were last served, as counted by whoever serves; who is not there never
   *     was
   */
  static List<Row> of(Collection<Row> queued, Map<String, Long> turns) {
    Map<Rank, Map<String, List<Row>>> ranks = new TreeMap<>();
    for (Row row : queued) {
      ranks
          .computeIfAbsent(
              new Rank(row.place().resumed(), row.place().priority()), _ -> new HashMap<>())
          .computeIfAbsent(row.owner(), _ -> new ArrayList<>())
          .add(row);
    }
    Map<String, Long> served = new HashMap<>(turns);
    List<Row> order = new ArrayList<>(queued.size());
    for (Map<String, List<Row>> owners : ranks.values()) {
      owners.values().forEach(rows -> rows.sort(OWN));
      takeTurns(List.copyOf(owners.values()), served, order);
    }
    return order;
  }

  private static void takeTurns(List<List<Row>> owners, Map<String, Long> served, List<Row> order) {
    List<List<Row>> turns =
        owners.stream()
            .sorted(
                Comparator.comparing(
                        (List<Row> rows) -> served.getOrDefault(rows.getFirst().owner(), 0L))
                    .thenComparingLong(rows -> rows.getFirst().place().rank()))
            .toList();
    int longest = turns.stream().mapToInt(List::size).max().orElse(0);
    for (int round = 0; round < longest; round++) {
      for (List<Row> rows : turns) {
        if (round < rows.size()) {
          Row row = rows.get(round);
          order.add(row);
          // Later than every turn that was really taken, which are counted from 1.
          served.put(row.owner(), Long.MAX_VALUE / 2 + order.size());
        }
      }
    }
  }
}
