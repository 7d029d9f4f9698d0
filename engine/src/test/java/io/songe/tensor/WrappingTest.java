package io.songe.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.Checkpoint;
import io.songe.checkpoint.TinyModel;
import io.songe.diffusion.Conditioning;
import io.songe.random.NoiseSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WrappingTest {
  /** Of single precision, whose sums the shift puts into another order. */
  private static final double TOLERANCE = 2e-4;

  private static Tensor rolled(Tensor x, int dimension, long by) {
    long size = x.dim(dimension);
    return Tensor.concat(
        List.of(x.slice(dimension, size - by, size), x.slice(dimension, 0, size - by)), dimension);
  }

  private static double worst(Tensor one, Tensor other) {
    return one.minus(other).abs().reshape(-1).max(0).item();
  }

  @Test
  void outside_of_it_there_are_zeros() {
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);

      assertThat(Wrapping.pad(x, 1, 0, 0, 1).toFloats()).containsExactly(0, 1, 2, 0, 3, 4, 0, 0, 0);
    }
  }

  @Test
  void along_x_the_opposite_edge_borders_and_along_y_zeros_do() {
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);

      Tensor padded = Wrapping.X.during(() -> Wrapping.pad(x, 1, 1, 0, 1));

      assertThat(padded.toFloats()).containsExactly(2, 1, 2, 1, 4, 3, 4, 3, 0, 0, 0, 0);
    }
  }

  @Test
  void along_both_the_corners_come_from_the_opposite_corners() {
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);

      Tensor padded = Wrapping.XY.during(() -> Wrapping.pad(x, 1, 0, 1, 0));

      assertThat(padded.toFloats()).containsExactly(4, 3, 4, 2, 1, 2, 4, 3, 4);
    }
  }

  @Test
  void it_ends_with_the_computation_even_if_that_fails() {
    assertThatThrownBy(() ->
            Wrapping.XY.during(() -> {
              throw new IllegalStateException(Wrapping.current().name());
            }))
        .hasMessage("XY");

    assertThat(Wrapping.current()).isEqualTo(Wrapping.NONE);
  }

  /** A picture without an edge has no place where it begins: shifted in, shifted out. */
  @ParameterizedTest
  @EnumSource(
      value = Wrapping.class,
      names = {"X", "Y"})
  void networks_draw_a_shifted_picture_of_shifted_latents(Wrapping wrapping) {
    int dimension = wrapping == Wrapping.X ? 3 : 2;
    try (Checkpoint model = Checkpoint.open(TinyModel.original().folder(), DType.FLOAT32);
        Scope _ = Scope.open()) {
      Tensor latents = NoiseSource.torch(1).next(Shape.of(1, 4, 8, 8));
      Conditioning given = Conditioning.of(NoiseSource.torch(2).next(Shape.of(1, 4, 16)));
      Tensor time = Tensor.full(500, 1);
      Tensor shifted = rolled(latents, dimension, 4);

      wrapping.during(() -> {
        assertThat(
                worst(
                    model.unet().predict(shifted, time, given),
                    rolled(model.unet().predict(latents, time, given), dimension, 4)))
            .isLessThan(TOLERANCE);
        Tensor picture = model.autoencoder().decode(latents);
        assertThat(worst(model.autoencoder().decode(shifted), rolled(picture, dimension, 32)))
            .isLessThan(TOLERANCE);
        assertThat(
                worst(
                    model.autoencoder().encode(rolled(picture, dimension, 32)),
                    rolled(model.autoencoder().encode(picture), dimension, 4)))
            .isLessThan(TOLERANCE);
        return wrapping;
      });
      assertThat(
              worst(
                  model.unet().predict(shifted, time, given),
                  rolled(model.unet().predict(latents, time, given), dimension, 4)))
          .as("without wrapping the edges are seen")
          .isGreaterThan(100 * TOLERANCE);
    }
  }
}
