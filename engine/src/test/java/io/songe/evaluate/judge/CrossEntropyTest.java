package io.songe.evaluate.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
  @Test
  void without_an_opinion_it_is_the_logarithm_of_the_choices() {
    try (Scope _ = Scope.open()) {
      Tensor entropy =
          CrossEntropy.of(Tensor.zeros(2, 8), CrossEntropy.certain(new int[] {3, 5}, 8));

      assertThat(entropy.item()).isCloseTo(Math.log(8), within(1e-6));
    }
  }

  @Test
  void it_is_small_where_the_right_choice_is_likely_however_large_the_numbers() {
    try (Scope _ = Scope.open()) {
      Tensor logits = Tensor.of(new float[] {1000, 0, 0, 1000}, 2, 2);

      assertThat(CrossEntropy.of(logits, CrossEntropy.certain(new int[] {0, 1}, 2)).item())
          .isCloseTo(0, within(1e-6));
      assertThat(CrossEntropy.of(logits, CrossEntropy.certain(new int[] {1, 0}, 2)).item())
          .isCloseTo(1000, within(1e-3));
    }
  }

  @Test
  void equal_choices_share() {
    try (Scope _ = Scope.open()) {
      assertThat(CrossEntropy.shared(new int[] {7, 2, 7}).toFloats())
          .containsExactly(.5f, 0, .5f, 0, 1, 0, .5f, 0, .5f);
    }
  }
}
