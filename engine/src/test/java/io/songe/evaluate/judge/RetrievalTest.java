package io.songe.evaluate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetrievalTest {
  @Test
  void everything_is_found_where_own_candidates_are_nearest() {
    Retrieval found = Retrieval.of(20, (query, candidate) -> query == candidate ? 1 : 0);

    assertThat(found.first()).isEqualTo(1);
    assertThat(found.firstFive()).isEqualTo(1);
  }

  @Test
  void one_that_sees_no_differences_finds_nothing() {
    Retrieval found = Retrieval.of(20, (query, candidate) -> 0);

    assertThat(found.first()).isZero();
    assertThat(found.firstFive()).isZero();
  }

  @Test
  void the_fifth_is_among_five_and_the_sixth_is_not() {
    // To query q the candidates below q are nearer than its own.
    Retrieval found =
        Retrieval.of(10, (query, candidate) -> candidate <= query ? -candidate : -100);

    assertThat(found.first()).isEqualTo(.1);
    assertThat(found.firstFive()).isEqualTo(.5);
  }
}
