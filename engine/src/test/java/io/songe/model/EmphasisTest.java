package io.songe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** PhraseEncoderTest compares with the reference; these are the cases that it does not have. */
class EmphasisTest {
  private static float[] applied(Emphasis emphasis, float[] features, float... weights) {
    int tokens = weights.length;
    try (Scope _ = Scope.open()) {
      return emphasis
          .apply(
              Tensor.of(features, 1, tokens, features.length / tokens),
              Tensor.of(weights, 1, tokens, 1))
          .toFloats();
    }
  }

  @Test
  void plainly_features_are_multiplied() {
    assertThat(applied(Emphasis.PLAIN, new float[] {1, 2, 3, 4}, 1, 2)).containsExactly(1, 2, 6, 8);
  }

  @Test
  void restored_features_have_the_mean_that_they_had() {
    // 10 before, 17 after
    assertThat(applied(Emphasis.RESTORING_MEAN, new float[] {1, 2, 3, 4}, 1, 2))
        .containsExactly(new float[] {10 / 17f, 20 / 17f, 60 / 17f, 80 / 17f}, within(1e-6f));
  }

  @Test
  void a_mean_that_means_nothing_is_not_restored() {
    float[] plain = applied(Emphasis.PLAIN, new float[] {1, -0.75f}, 1, 2);

    assertThat(applied(Emphasis.RESTORING_MEAN, new float[] {1, -0.75f}, 1, 2)).isEqualTo(plain);
    assertThat(applied(Emphasis.RESTORING_MEAN, new float[] {1, -0.5f}, 1, 2))
        .containsExactly(1, -1);
    assertThat(applied(Emphasis.RESTORING_MEAN, new float[] {1, -1}, 1, 1)).containsExactly(1, -1);
  }
}
