package io.songe.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FairOrderTest {
  private final List<Row> rows = new ArrayList<>();

  @Test
  void a_thousand_jobs_of_one_do_not_hold_up_the_one_of_another() {
    for (int i = 0; i < 1000; i++) {
      add("anna", 0, false);
    }
    add("ben", 0, false);

    assertThat(order(Map.of())).startsWith("anna 0", "ben 1000", "anna 1");
  }

  @Test
  void who_was_served_longest_ago_comes_first() {
    add("anna", 0, false);
    add("ben", 0, false);
    add("carl", 0, false);
    add("anna", 0, false);

    assertThat(order(Map.of("anna", 2L, "ben", 1L)))
        .containsExactly("carl 2", "ben 1", "anna 0", "anna 3");
  }

  @Test
  void turns_go_on_from_a_higher_priority_to_a_lower_one() {
    add("anna", 0, false);
    add("ben", 0, false);
    add("anna", 1, false);

    assertThat(order(Map.of())).containsExactly("anna 2", "ben 1", "anna 0");
  }

  @Test
  void what_was_begun_comes_before_everything() {
    add("anna", 9, false);
    add("ben", -9, true);

    assertThat(order(Map.of())).containsExactly("ben 1", "anna 0");
  }

  private void add(String owner, int priority, boolean resumed) {
    int number = rows.size();
    rows.add(
        Row.submitted(
            Integer.toString(number),
            Orders.of(owner, "a fox"),
            new Row.Place(resumed, priority, number),
            Instant.EPOCH));
  }

  private List<String> order(Map<String, Long> turns) {
    return FairOrder.of(rows, turns).stream().map(row -> row.owner() + " " + row.id()).toList();
  }
}
