package io.songe.evaluate.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.tensor.Scope;
import org.junit.jupiter.api.Test;

class TargetsTest {
  @Test
  void what_is_certain_has_all() {
    try (Scope _ = Scope.open()) {
      assertThat(Targets.certain(new int[] {2, 0}, 3).toFloats()).containsExactly(0, 0, 1, 1, 0, 0);
    }
  }

  @Test
  void what_is_nearly_certain_leaves_a_tenth_to_all() {
    try (Scope _ = Scope.open()) {
      assertThat(Targets.nearlyCertain(new int[] {1}, 4).toFloats())
          .containsExactly(new float[] {.025f, .925f, .025f, .025f}, within(1e-6f));
    }
  }

  @Test
  void equal_choices_share() {
    try (Scope _ = Scope.open()) {
      assertThat(Targets.shared(new int[] {7, 2, 7}).toFloats())
          .containsExactly(.5f, 0, .5f, 0, 1, 0, .5f, 0, .5f);
    }
  }
}
