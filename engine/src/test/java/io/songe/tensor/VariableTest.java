package io.songe.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.EngineException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariableTest {
  @Test
  void the_gradient_of_a_square_is_twice_the_value() {
    try (Variable x = Variable.of(Tensor.of(new float[] {1, -2, 3}));
        Scope _ = Scope.withGradients()) {
      Variable.backward(x.value().square().sum());

      assertThat(x.gradient().orElseThrow().toFloats()).containsExactly(2, -4, 6);
    }
  }

  @Test
  void gradients_add_up_until_they_are_cleared() {
    try (Variable x = Variable.of(Tensor.of(new float[] {1}))) {
      for (int i = 0; i < 2; i++) {
        try (Scope _ = Scope.withGradients()) {
          Variable.backward(x.value().times(3).sum());
        }
      }
      assertThat(x.gradient().orElseThrow().toFloats()).containsExactly(6);

      x.clearGradient();

      assertThat(x.gradient()).isEmpty();
    }
  }

  @Test
  void a_value_outlives_the_scope_it_was_made_in_and_can_be_set() {
    Variable x;
    try (Scope _ = Scope.open()) {
      x = Variable.of(Tensor.of(new float[] {1, 2}));
    }

    x.set(Tensor.of(new float[] {5, 6}));
    x.approach(Tensor.of(new float[] {7, 6}), .5);

    assertThat(x.value().toFloats()).containsExactly(6, 6);
    x.close();
  }

  @Test
  void a_kernel_keeps_the_order_of_its_numbers_and_so_does_its_gradient() {
    float[] numbers = new float[2 * 3 * 2 * 2];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    try (Variable kernel = Variable.of(Tensor.of(numbers, 2, 3, 2, 2));
        Scope _ = Scope.withGradients()) {
      Variable.backward(kernel.value().square().sum().times(.5));

      assertThat(kernel.value().toFloats()).containsExactly(numbers);
      assertThat(kernel.gradient().orElseThrow().toFloats()).containsExactly(numbers);
    }
  }

  @Test
  void parts_of_a_tensor_lead_their_gradients_back_to_their_places() {
    try (Variable x = Variable.of(Tensor.of(new float[] {1, 2, 3, 4}));
        Scope _ = Scope.withGradients()) {
      List<Tensor> halves = x.value().chunk(2, 0);

      Variable.backward(halves.getFirst().sum().plus(halves.getLast().times(3).sum()));

      assertThat(x.gradient().orElseThrow().toFloats()).containsExactly(1, 1, 3, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void attention_of_few_tokens_is_the_same_with_gradients(boolean causal) {
    NormalGenerator normal = new NormalGenerator(1);
    try (Scope _ = Scope.open()) {
      Tensor q = normal.next(Shape.of(2, 3, 5, 64)).to(DType.BFLOAT16);
      Tensor k = normal.next(Shape.of(2, 3, 5, 64)).to(DType.BFLOAT16);
      Tensor v = normal.next(Shape.of(2, 3, 5, 64)).to(DType.BFLOAT16);
      Tensor wanted = Functional.attention(q, k, v, causal);

      try (Scope _ = Scope.withGradients()) {
        Tensor attended = Functional.attention(q, k, v, causal);

        // numbers up to 3 have steps of 1/64 in BFLOAT16, and weights are rounded to it as well
        double most = attended.minus(wanted).abs().max(0, 1, 2, 3).to(DType.FLOAT32).item();
        assertThat(most).isLessThan(.04);
      }
    }
  }

  @Test
  void a_value_of_another_shape_is_refused() {
    try (Variable x = Variable.of(Tensor.zeros(2))) {
      assertThatThrownBy(() -> x.set(Tensor.zeros(3)))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("[2]")
          .hasMessageContaining("[3]");
    }
  }

  @Test
  void clipping_scales_all_gradients_by_their_common_norm() {
    try (Variable x = Variable.of(Tensor.of(new float[] {0}));
        Variable y = Variable.of(Tensor.of(new float[] {0}));
        Scope _ = Scope.withGradients()) {
      Variable.backward(x.value().times(3).plus(y.value().times(4)).sum());

      double norm = Variable.clipGradients(List.of(x, y), 1);

      assertThat(norm).isCloseTo(5, within(1e-6));
      assertThat(x.gradient().orElseThrow().item()).isCloseTo(.6, within(1e-5));
      assertThat(y.gradient().orElseThrow().item()).isCloseTo(.8, within(1e-5));
    }
  }

  @Test
  void a_first_step_of_adamw_moves_each_weight_by_the_rate_against_its_gradient() {
    try (Variable x = Variable.of(Tensor.of(new float[] {1, 1}));
        Variable first = Variable.of(Tensor.zeros(2));
        Variable second = Variable.of(Tensor.zeros(2));
        Scope _ = Scope.withGradients()) {
      Variable.backward(x.value().times(Tensor.of(new float[] {5, -.1f})).sum());

      FusedAdamW.step(List.of(x), List.of(first), List.of(second), 1, .1, .9, .99, 1e-8, 0);

      assertThat(x.value().toFloats()[0]).isCloseTo(.9f, within(1e-5f));
      assertThat(x.value().toFloats()[1]).isCloseTo(1.1f, within(1e-5f));
    }
  }
}
