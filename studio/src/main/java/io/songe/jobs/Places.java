package io.songe.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which jobs were told what place they have. */
final class Places {
  /**
   * Changes are told to so many jobs at the front. Telling all would take a thousand events for
   * every job that is begun while a thousand wait.
   */
  static final int NEAR = 20;

  private Map<String, Integer> told = Map.of();

  /**
   * {@return the jobs at the front whose place is another than they were told; now they are}
   *
   * @param order in which jobs are drawn
   * @param known the job whose place was told just now
   */
  List<Row> changed(List<Row> order, String known) {
    List<Row> changed = new ArrayList<>();
    Map<String, Integer> now = new HashMap<>();
    for (int place = 0; place < Math.min(NEAR, order.size()); place++) {
      Row row = order.get(place);
      now.put(row.id(), place);
      if (!row.id().equals(known) && !Objects.equals(told.get(row.id()), place)) {
        changed.add(row);
      }
    }
    told = now;
    return changed;
  }
}
