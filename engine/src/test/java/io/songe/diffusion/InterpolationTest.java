package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.EngineException;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterpolationTest {
  private static Tensor rows(float... values) {
    return Tensor.of(values, 1, values.length / 2, 2);
  }

  @ParameterizedTest
  @EnumSource
  void the_ends_are_exact(Interpolation way) {
    try (Scope _ = Scope.open()) {
      Tensor a = NoiseSource.torch(1).next(Shape.of(2, 3, 5));
      Tensor b = NoiseSource.torch(2).next(Shape.of(2, 3, 5));

      assertThat(way.between(a, b, 0).toFloats()).isEqualTo(a.toFloats());
      assertThat(way.between(a, b, 1).toFloats()).isEqualTo(b.toFloats());
    }
  }

  @Test
  void a_line_goes_straight() {
    try (Scope _ = Scope.open()) {
      Tensor between = Interpolation.LINEAR.between(rows(1, 0, 2, 2), rows(0, 1, 4, 0), 0.25);

      assertThat(between.toFloats()).containsExactly(0.75f, 0.25f, 2.5f, 1.5f);
    }
  }

  @Test
  void an_arc_turns_each_vector_evenly_and_keeps_its_length() {
    double third = Math.PI / 6;
    try (Scope _ = Scope.open()) {
      Tensor between =
          Interpolation.SPHERICAL.between(rows(1, 0, 0, 3), rows(0, 1, -3, 0), 1 / 3.0);

      float[] expected = {
        (float) Math.cos(third),
        (float) Math.sin(third),
        (float) (-3 * Math.sin(third)),
        (float) (3 * Math.cos(third))
      };
      assertThat(between.toFloats()).containsExactly(expected, within(1e-6f));
    }
  }

  @Test
  void where_there_is_no_arc_the_line_is_taken() {
    float[] from = {1, 0, 1, 0, 0, 0, 1, 0};
    float[] to = {2, 0, -1, 0, 1, 1, 1, 0.001f};
    try (Scope _ = Scope.open()) {
      Tensor a = rows(from);
      Tensor b = rows(to);

      assertThat(Interpolation.SPHERICAL.between(a, b, 0.5).toFloats())
          .containsExactly(Interpolation.LINEAR.between(a, b, 0.5).toFloats(), within(1e-6f));
    }
  }

  @Test
  void tensors_of_different_shapes_are_refused() {
    try (Scope _ = Scope.open()) {
      assertThatThrownBy(() -> Interpolation.LINEAR.between(rows(1, 2), rows(1, 2, 3, 4), 0.5))
          .isInstanceOf(EngineException.class)
          .hasMessage("there is no way from [1, 1, 2] to [1, 2, 2]");
    }
  }

  @Test
  void all_of_a_conditioning_is_between_the_two() {
    try (Scope _ = Scope.open()) {
      Conditioning one =
          new Conditioning(rows(1, 0), new Conditioning.Added.TextTime(rows(1, 0), rows(512, 512)));
      Conditioning other =
          new Conditioning(
              rows(0, 1), new Conditioning.Added.TextTime(rows(0, 1), rows(1024, 256)));

      Conditioning half = one.between(other, 0.5, Interpolation.SPHERICAL);

      float root = (float) Math.sqrt(0.5);
      assertThat(half.context().toFloats())
          .containsExactly(new float[] {root, root}, within(1e-6f));
      assertThat(half.added())
          .isInstanceOfSatisfying(
              Conditioning.Added.TextTime.class,
              added -> {
                assertThat(added.pooled().toFloats())
                    .containsExactly(new float[] {root, root}, within(1e-6f));
                assertThat(added.timeIds().toFloats()).containsExactly(768, 384);
              });
    }
  }

  @Test
  void conditionings_of_different_kinds_do_not_mix() {
    try (Scope _ = Scope.open()) {
      Conditioning text = Conditioning.of(rows(1, 0));
      Conditioning label = new Conditioning(rows(1, 0), new Conditioning.Added.Label(rows(1, 1)));

      assertThatThrownBy(() -> text.between(label, 0.5, Interpolation.LINEAR))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "there is no way between two conditionings of different kinds or shapes: ");
    }
  }
}
