package io.songe.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.checkpoint.TinyModel;
import io.songe.error.InvalidRequestException;
import io.songe.format.SafetensorsFile;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are of tools/golden/editing.py. */
class SlerpTest {
  /** The reference computes angles in single precision. */
  private static final double TOLERANCE = 1e-5;

  private static double worst(Tensor one, Tensor other) {
    return one.minus(other).abs().reshape(-1).max(0).item();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2", "0.5", "1.0"})
  void a_mixture_is_that_of_a1111(String share) {
    try (SafetensorsFile golden = TinyModel.golden("editing");
        Scope _ = Scope.open()) {
      Tensor mixed =
          Slerp.between(
              golden.get("slerp.from").toTensor(),
              golden.get("slerp.to").toTensor(),
              Double.parseDouble(share));

      assertThat(worst(mixed, golden.get("slerp." + share).toTensor())).isLessThan(TOLERANCE);
    }
  }

  @Test
  void halfway_the_noise_is_as_strong_as_at_the_ends() {
    try (Scope _ = Scope.open()) {
      Shape shape = Shape.of(1, 4, 32, 32);
      Tensor from = NoiseSource.torch(1).next(shape);
      Tensor to = NoiseSource.torch(2).next(shape);

      double deviation = Slerp.between(from, to, 0.5).std(0, 1, 2, 3).item();

      assertThat(deviation).isEqualTo(1, within(0.03));
    }
  }

  @Test
  void of_a_single_row_it_is_a_mixture_along_a_line() {
    try (Scope _ = Scope.open()) {
      Tensor mixed = Slerp.between(Tensor.full(1, 1, 4, 1, 1), Tensor.full(3, 1, 4, 1, 1), 0.5);

      assertThat(mixed.toFloats()).containsOnly(2);
    }
  }

  @Test
  void a_share_beyond_1_is_refused() {
    try (Scope _ = Scope.open()) {
      Tensor noise = Tensor.zeros(1, 4, 2, 2);

      assertThatThrownBy(() -> Slerp.between(noise, noise, 1.5))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage("the strength of a variation must be from 0 to 1, got 1.5");
    }
  }
}
