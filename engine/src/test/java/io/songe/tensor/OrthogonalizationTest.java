package io.songe.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrthogonalizationTest {
  @ParameterizedTest
  @CsvSource({"4, 9, FLOAT32", "9, 4, FLOAT32", "4, 9, BFLOAT16", "9, 4, BFLOAT16"})
  void rows_or_columns_become_orthogonal_and_about_as_long(int rows, int columns, DType dtype) {
    try (Scope _ = Scope.open()) {
      float[] values = new float[rows * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) Math.sin(1 + i * i); // as good as random
      }

      Tensor result = Orthogonalization.of(Tensor.of(values, 1, rows, columns).to(dtype));

      assertThat(result.dtype()).isEqualTo(dtype);
      assertThat(result.shape()).isEqualTo(Shape.of(1, rows, columns));
      Tensor whole = result.to(DType.FLOAT32);
      Tensor gram =
          rows < columns
              ? whole.matmul(whole.transpose(1, 2))
              : whole.transpose(1, 2).matmul(whole);
      float[] products = gram.toFloats();
      for (int i = 0; i < products.length; i++) {
        boolean diagonal = i / 4 == i % 4;
        assertThat(products[i]).isCloseTo(diagonal ? .85f : 0, within(.5f));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "3, 2"})
  void what_points_nowhere_stays_there(int rows, int columns) {
    try (Scope _ = Scope.open()) {
      Tensor result = Orthogonalization.of(Tensor.zeros(1, rows, columns));

      assertThat(result.toFloats()).containsOnly(0);
    }
  }
}
