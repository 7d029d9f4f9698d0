package io.songe.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LinearTest {
  @Test
  void a_pointwise_map_is_a_kernel_of_side_one_applied_to_tokens() {
    try (Scope _ = Scope.open();
        NamedParameters p =
            new NamedParameters(
                "test",
                DType.FLOAT32,
                name ->
                    name.equals("weight")
                        ? Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3, 1, 1)
                        : Tensor.of(new float[] {10, 20}))) {
      Linear map = Linear.pointwise(3, 2, p);

      Tensor y = map.forward(Tensor.of(new float[] {1, 0, 0, 0, 1, 1}, 1, 2, 3));

      assertThat(y.toFloats()).containsExactly(11, 24, 15, 31);
    }
  }
}
