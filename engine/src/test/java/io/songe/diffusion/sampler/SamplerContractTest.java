package io.songe.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.error.EngineException;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every sampler promises, whatever its formulas. */
class SamplerContractTest {
  private static final Shape SHAPE = Shape.of(2, 3, 4, 4);
  private static final Sigmas SIGMAS = Sigmas.of(14, 7, 3, 1, 0.3, 0);
  private static final Denoiser DENOISER =
      (x, sigma) -> x.times(1 / (1 + sigma * sigma)).plus(x.sin().times(0.1));

  static Stream<Arguments> rows() {
    return Samplers.catalogue().rows().stream().map(row -> Arguments.argumentSet(row.label(), row));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_step_to_no_noise_gives_the_estimate(SamplerRow row) {
    try (Scope _ = Scope.open()) {
      Tensor x = start();

      Tensor sampled =
          row.sampler()
              .sample(DENOISER, x, Sigmas.of(2, 0), NoiseSource.torch(1), StepListener.none());

      assertThat(sampled.toFloats()).containsExactly(DENOISER.denoise(x, 2).toFloats());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void the_start_is_left_alone(SamplerRow row) {
    try (Scope _ = Scope.open()) {
      Tensor x = start();
      float[] before = x.toFloats();

      sample(row, x, NoiseSource.torch(1), StepListener.none());

      assertThat(x.toFloats()).containsExactly(before);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void equal_noise_gives_equal_samples(SamplerRow row) {
    try (Scope _ = Scope.open()) {
      Tensor first = sample(row, start(), NoiseSource.torch(1), StepListener.none());
      Tensor second = sample(row, start(), NoiseSource.torch(1), StepListener.none());

      assertThat(first.shape()).isEqualTo(SHAPE);
      assertThat(second.toFloats()).containsExactly(first.toFloats());
    }
  }

  /** DPM fast has five estimates: one step of three, one of one, and the one to no noise. */
  private static int ownSteps(SamplerRow row) {
    return row.sampler() instanceof DpmFast ? 3 : SIGMAS.steps();
  }

  /**
   * Samplers on a Brownian path draw its seed alone, and Restart takes so few steps without any.
   */
  private static int expectedDraws(SamplerRow row) {
    return switch (row.sampler()) {
      case DpmPlusPlusSde _, DpmPlusPlus3MSde _ -> 1;
      case Restart _ -> 0;
      default -> row.stochastic() ? SIGMAS.steps() : 0;
    };
  }

  @ParameterizedTest
  @MethodSource("rows")
  void only_stochastic_samplers_draw_noise_and_then_once_a_step(SamplerRow row) {
    AtomicInteger draws = new AtomicInteger();
    NoiseSource noise = NoiseSource.torch(1);
    NoiseSource counting =
        shape -> {
          draws.incrementAndGet();
          return noise.next(shape);
        };
    try (Scope _ = Scope.open()) {
      sample(row, start(), counting, StepListener.none());
    }

    assertThat(draws).hasValue(expectedDraws(row));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void other_noise_gives_other_samples_of_stochastic_samplers(SamplerRow row) {
    try (Scope _ = Scope.open()) {
      Tensor first = sample(row, start(), NoiseSource.torch(1), StepListener.none());
      Tensor second = sample(row, start(), NoiseSource.torch(2), StepListener.none());

      boolean equal = first.minus(second).abs().max(0, 1, 2, 3).item() == 0;
      assertThat(equal).isEqualTo(expectedDraws(row) == 0);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void the_listener_hears_of_every_step_once_and_sees_the_result_last(SamplerRow row) {
    List<String> heard = new ArrayList<>();
    AtomicReference<float[]> last = new AtomicReference<>(new float[0]);
    try (Scope _ = Scope.open()) {
      Tensor sampled =
          sample(
              row,
              start(),
              NoiseSource.torch(1),
              (step, total, x, denoised) -> {
                heard.add(step + "/" + total + " " + denoised.shape());
                last.set(x.toFloats());
              });

      int steps = ownSteps(row);
      List<String> all =
          IntStream.rangeClosed(1, steps)
              .mapToObj(step -> step + "/" + steps + " [2, 3, 4, 4]")
              .toList();
      if (row.choosesSteps()) {
        // It may come past several at once.
        assertThat(all).containsSubsequence(heard).endsWith(heard.getLast());
      } else {
        assertThat(heard).isEqualTo(all);
      }
      assertThat(last.get()).containsExactly(sampled.toFloats());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void the_denoiser_is_asked_as_often_as_the_row_says_and_never_without_noise(SamplerRow row) {
    List<Double> asked = new ArrayList<>();
    Denoiser counting =
        (x, sigma) -> {
          asked.add(sigma);
          return DENOISER.denoise(x, sigma);
        };
    try (Scope _ = Scope.open()) {
      row.sampler().sample(counting, start(), SIGMAS, NoiseSource.torch(1), StepListener.none());
    }

    int spared = row.evaluations() - 1;
    int steps = row.choosesSteps() ? (asked.size() + spared) / row.evaluations() : SIGMAS.steps();
    int more = row.sampler() instanceof Plms ? 1 : 0;
    assertThat(asked).hasSize(row.evaluations() * steps - spared + more);
    assertThat(asked).doesNotContain(0.0);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void an_interrupted_thread_stops_before_the_next_step(SamplerRow row) {
    AtomicInteger steps = new AtomicInteger();
    try (Scope _ = Scope.open()) {
      Tensor x = start();

      assertThatThrownBy(() ->
              sample(
                  row,
                  x,
                  NoiseSource.torch(1),
                  (step, total, at, denoised) -> {
                    steps.set(step);
                    if (step == 2) {
                      Thread.currentThread().interrupt();
                    }
                  }))
          .isInstanceOf(CancellationException.class)
          .hasMessage("sampling was cancelled before step 3 of " + ownSteps(row));
    }
    assertThat(steps).hasValue(2);
    assertThat(Thread.interrupted()).as("interrupt status").isFalse();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_denoiser_that_gives_no_numbers_is_an_error_that_names_the_step(SamplerRow row) {
    Denoiser broken = (x, sigma) -> sigma < 2 ? x.times(Double.NaN) : DENOISER.denoise(x, sigma);
    try (Scope _ = Scope.open()) {
      Tensor x = start();

      assertThatThrownBy(() ->
              row.sampler().sample(broken, x, SIGMAS, NoiseSource.torch(1), StepListener.none()))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("of " + ownSteps(row) + ", from noise level")
          .hasMessageContaining("not finite; compute in FLOAT32");
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_step_frees_what_the_steps_before_it_left(SamplerRow row) {
    List<Tensor> seen = new ArrayList<>();
    try (Scope _ = Scope.open()) {
      sample(
          row,
          start(),
          NoiseSource.torch(1),
          (step, total, x, denoised) -> {
            if (!seen.isEmpty()) {
              assertThatThrownBy(() -> seen.get(0).plus(1)).isInstanceOf(RuntimeException.class);
              assertThatThrownBy(() -> seen.get(1).plus(1)).isInstanceOf(RuntimeException.class);
            }
            seen.clear();
            seen.add(x);
            seen.add(denoised);
          });
    }

    assertThat(seen).as("tensors of the last step").hasSize(2);
  }

  private static Tensor start() {
    return NoiseSource.torch(5).next(SHAPE).times(SIGMAS.first());
  }

  private static Tensor sample(SamplerRow row, Tensor x, NoiseSource noise, StepListener listener) {
    return row.sampler().sample(DENOISER, x, SIGMAS, noise, listener);
  }
}
