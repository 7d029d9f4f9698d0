package io.songe.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.GradMode;
import org.junit.jupiter.api.Test;

class ScopeTest {
  @Test
  void an_inner_scope_leaves_gradients_as_they_are() {
    try (Scope _ = Scope.withGradients();
        Scope _ = Scope.inner()) {
      assertThat(GradMode.is_enabled()).isTrue();
    }
    try (Scope _ = Scope.open();
        Scope _ = Scope.inner()) {
      assertThat(GradMode.is_enabled()).isFalse();
    }
  }

  @Test
  void an_inner_scope_frees_what_it_did_not_keep() {
    try (Scope _ = Scope.open()) {
      Tensor kept;
      Tensor left;
      try (Scope inner = Scope.inner()) {
        left = Tensor.full(1, 2);
        kept = inner.keep(left.plus(1));
      }

      assertThat(kept.toFloats()).containsExactly(2, 2);
      assertThat(left.torch.isNull()).isTrue();
    }
  }
}
