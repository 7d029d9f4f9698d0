package io.songe.train.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import io.songe.train.Loss;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against PyTorch, by tools/golden/autoencoder_training.py. */
class ReconstructionLossTest {
  /** Sums of thousands of FLOAT32 in another order. */
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

  private final Golden golden = new Golden();

  @AfterEach
  void close() {
    golden.close();
  }

  @Test
  void each_term_is_that_of_the_reference() {
    try (Scope _ = Scope.open()) {
      Tensor x = golden.get("x");
      Tensor y = golden.get("y");
      float[] expected = golden.get("terms").toFloats();

      assertThat((float) ReconstructionLoss.pixels(x, y).item()).isCloseTo(expected[0], ROUNDING);
      assertThat((float) ReconstructionLoss.edges(x, y).item()).isCloseTo(expected[1], ROUNDING);
      assertThat((float) ReconstructionLoss.coarse(x, y).item()).isCloseTo(expected[2], ROUNDING);
      assertThat((float) ReconstructionLoss.excess(golden.get("z")).item())
          .isCloseTo(expected[3], ROUNDING);
    }
  }

  @Test
  void the_sum_and_its_gradients_are_those_of_the_reference() {
    try (Scope _ = Scope.withGradients();
        Variable y = Variable.of(golden.get("y"));
        Variable z = Variable.of(golden.get("z"))) {
      Loss loss = ReconstructionLoss.of(golden.get("x"), y.value(), z.value());
      Variable.backward(loss.total());

      assertThat((float) loss.total().item())
          .isCloseTo(golden.get("total").toFloats()[0], ROUNDING);
      assertThat(y.gradient().orElseThrow().toFloats())
          .containsExactly(golden.get("y_gradient").toFloats(), ROUNDING);
      assertThat(z.gradient().orElseThrow().toFloats())
          .containsExactly(golden.get("z_gradient").toFloats(), ROUNDING);
    }
  }

  @Test
  void small_latents_cost_nothing() {
    try (Scope _ = Scope.open()) {
      assertThat(ReconstructionLoss.excess(Tensor.full(.9, 1, 4, 2, 2)).item()).isZero();
    }
  }
}
