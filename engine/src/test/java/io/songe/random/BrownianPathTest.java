package io.songe.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** KSamplerGoldenTest compares paths with those of tools/golden/brownian.py, too. */
class BrownianPathTest {
  /** Four standard errors of 40,000 numbers' deviation are 1.4 %. */
  private static final double MANY = 0.02;

  private static final Shape SHAPE = Shape.of(1, 1, 200, 200);

  @ParameterizedTest
  @CsvSource({
    "14.6, 11.3",
    "2, 1",
    "1.9, 1.1",
    "5, 0.3",
    "0.03, 0.0299",
    "1.0001, 0.9999",
    "1048576, 3",
  })
  void noise_between_any_two_levels_is_normal(double from, double to) {
    try (Scope _ = Scope.open()) {
      Tensor noise = path(3, SHAPE).between(from, to);

      assertThat(noise.shape()).isEqualTo(SHAPE);
      assertThat(noise.mean().item()).isCloseTo(0, within(MANY));
      assertThat(noise.std(0, 1, 2, 3).item()).isCloseTo(1, within(MANY));
    }
  }

  @ParameterizedTest
  @CsvSource({"14, 3, 0.2", "1.9, 1.5, 1.1", "2, 1.5, 1", "0.7, 0.5, 0.4"})
  void two_steps_read_what_one_step_does(double from, double between, double to) {
    try (Scope _ = Scope.open()) {
      BrownianPath path = path(3, Shape.of(2, 1, 4, 4));

      Tensor whole = path.between(from, to).times(Math.sqrt(from - to));
      Tensor parts =
          path.between(from, between)
              .times(Math.sqrt(from - between))
              .plus(path.between(between, to).times(Math.sqrt(between - to)));

      assertThat(whole.minus(parts).abs().max(0, 1, 2, 3).item()).isLessThan(1e-5f);
    }
  }

  @Test
  void noise_of_steps_that_do_not_overlap_is_independent() {
    try (Scope _ = Scope.open()) {
      BrownianPath path = path(3, SHAPE);

      Tensor product = path.between(1.9, 1.3).times(path.between(1.3, 1.1));

      assertThat(product.mean().item()).isCloseTo(0, within(MANY));
    }
  }

  @Test
  void an_image_s_path_is_its_own_seed_s() {
    try (Scope _ = Scope.open()) {
      Tensor batch = path(7, Shape.of(2, 1, 4, 4)).between(5, 2);
      Tensor alone = path(8, Shape.of(1, 1, 4, 4)).between(5, 2);
      Tensor first = path(7, Shape.of(1, 1, 4, 4)).between(5, 2);

      assertThat(batch.slice(0, 1, 2).toFloats()).containsExactly(alone.toFloats());
      assertThat(batch.slice(0, 0, 1).toFloats()).containsExactly(first.toFloats());
      assertThat(first.toFloats()).isNotEqualTo(alone.toFloats());
    }
  }

  @Test
  void the_source_is_asked_once() {
    AtomicInteger draws = new AtomicInteger();
    NoiseSource noise = NoiseSource.torch(1);
    try (Scope _ = Scope.open()) {
      BrownianPath path =
          new BrownianPath(
              shape -> {
                draws.incrementAndGet();
                return noise.next(shape);
              },
              Shape.of(1, 1, 2, 2));
      path.between(3, 2);
      path.between(2, 1);
    }

    assertThat(draws).hasValue(1);
  }

  private static BrownianPath path(long seed, Shape shape) {
    return new BrownianPath(NoiseSource.torch(seed), shape);
  }
}
