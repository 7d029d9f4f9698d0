package io.songe.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.FlowSchedule;
import io.songe.diffusion.NoiseSchedule;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Samplers against a known answer: for data of the normal distribution of deviation s, the perfect
 * denoiser is {@code x s^2 / (s^2 + sigma^2)}, and a sample at sigma is that at another level times
 * the ratio of {@code sqrt(s^2 + sigma^2)}.
 */
class ConvergenceTest {
  private static final double DEVIATION = 0.5;
  private static final double FROM = 10;
  private static final double TO = 0.1;
  private static final NoiseSchedule STABLE_DIFFUSION =
      SchedulerConfig.stableDiffusion1().noiseSchedule();
  private static final Denoiser PERFECT =
      (x, sigma) -> x.times(DEVIATION * DEVIATION / (DEVIATION * DEVIATION + sigma * sigma));

  private static Stream<Arguments> rows(Predicate<SamplerRow> wanted) {
    return Samplers.catalogue().rows().stream()
        .filter(wanted)
        .map(row -> Arguments.argumentSet(row.label(), row));
  }

  /** Those whose steps are the listed ones; of the others see DpmSolversTest. */
  static Stream<Arguments> deterministic() {
    return rows(
        row -> !row.stochastic() && !row.choosesSteps() && !(row.sampler() instanceof DpmFast));
  }

  /** Those of order 0 do not sample the data of this denoiser, which was not distilled for them. */
  static Stream<Arguments> stochastic() {
    return rows(row -> row.stochastic() && row.order() > 0);
  }

  /** Options of samplers, and at least which order they give. */
  static Stream<Arguments> options() {
    NoiseSchedule withoutNoise = new FlowSchedule(100);
    return Stream.of(
        Arguments.of(new Lms(1), 1),
        Arguments.of(new Lms(2), 2),
        Arguments.of(new Lms(3), 3),
        Arguments.of(new Deis(1, false), 1),
        Arguments.of(new Deis(3, false), 3),
        Arguments.of(new UniPc(1, false, false), 2),
        Arguments.of(new UniPc(1, true, false), 2),
        Arguments.of(new UniPc(2, false, false), 3),
        Arguments.of(new UniPc(2, true, false), 3),
        Arguments.of(new UniPc(3, false, false), 3),
        Arguments.of(new UniPc(3, true, false), 3),
        Arguments.of(new Plms(new Prediction.Velocity()), 1),
        Arguments.of(new Pndm(new Prediction.Epsilon(), STABLE_DIFFUSION), 2),
        Arguments.of(new SaSolver(1, 2, false, withoutNoise), 2),
        Arguments.of(new SaSolver(2, 2, false, withoutNoise), 2),
        Arguments.of(new SaSolver(2, 3, false, withoutNoise), 3),
        Arguments.of(new SaSolver(3, 4, false, withoutNoise), 3));
  }

  @ParameterizedTest
  @MethodSource("options")
  void the_error_shrinks_at_least_by_the_order_that_was_asked_for(Sampler sampler, int order) {
    double coarse = error(sampler, 20);
    double fine = error(sampler, 40);

    assertThat(coarse / fine).isGreaterThan(0.75 * Math.pow(2, order));
  }

  /** With the perfect consistency function, a jump to the end loses nothing of the deviation. */
  @Test
  void consistency_sampling_has_the_deviation_of_the_data_in_few_steps() {
    Denoiser consistent = (x, sigma) -> x.times(DEVIATION / Math.hypot(DEVIATION, sigma));
    NoiseSource noise = NoiseSource.torch(3);
    try (Scope _ = Scope.open()) {
      Tensor start = noise.next(Shape.of(1, 1, 200, 200)).times(Math.hypot(FROM, DEVIATION));

      Tensor sampled =
          new Lcm().sample(consistent, start, Sigmas.of(FROM, 3, 1, 0), noise, StepListener.none());

      assertThat(sampled.std(0, 1, 2, 3).item()).isCloseTo(DEVIATION, within(0.01 * DEVIATION));
    }
  }

  @ParameterizedTest
  @MethodSource("deterministic")
  void the_error_shrinks_by_the_order_when_steps_double(SamplerRow row) {
    double coarse = error(row.sampler(), 40);
    double fine = error(row.sampler(), 80);

    double expected = Math.pow(2, row.order());
    // Methods that gain their order step by step are a little off it, most of all LMS.
    assertThat(coarse / fine).isBetween(0.8 * expected, 1.4 * expected);
  }

  @ParameterizedTest
  @MethodSource("stochastic")
  void samples_have_the_deviation_of_the_data(SamplerRow row) {
    Shape shape = Shape.of(1, 1, 200, 200);
    NoiseSource noise = NoiseSource.torch(3);
    try (Scope _ = Scope.open()) {
      Tensor start = noise.next(shape).times(Math.hypot(FROM, DEVIATION));
      // A Brownian path takes long to read, and its samplers need fewer steps.
      boolean brownian =
          row.sampler() instanceof DpmPlusPlusSde || row.sampler() instanceof DpmPlusPlus3MSde;
      int steps = brownian ? 50 : 200;
      double[] levels = IntStream.rangeClosed(0, steps).mapToDouble(falling(steps)).toArray();
      levels[steps] = 0;

      Tensor sampled =
          row.sampler().sample(PERFECT, start, Sigmas.of(levels), noise, StepListener.none());

      // Three standard errors of 40,000 numbers are 1 %; the steps' own error is below 3 %.
      assertThat(sampled.std(0, 1, 2, 3).item()).isCloseTo(DEVIATION, within(0.04 * DEVIATION));
      assertThat(sampled.mean().item()).isCloseTo(0, within(0.01));
    }
  }

  @Test
  void memory_stays_flat_over_many_steps() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status), "only Linux tells");
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.full(1, 1, 4, 512, 512);
      sampleInPlace(x, 10);
      long before = residentKibibytes(status);

      sampleInPlace(x, 200);

      // Each step makes at least five tensors of 4 MiB: kept, they would fill 4 GiB.
      assertThat(residentKibibytes(status) - before).isLessThan(200 * 1024);
    }
  }

  private static void sampleInPlace(Tensor x, int steps) {
    try (Scope _ = Scope.open()) {
      double[] levels = IntStream.rangeClosed(0, steps).mapToDouble(falling(steps)).toArray();
      new DpmPlusPlus2M()
          .sample(PERFECT, x, Sigmas.of(levels), NoiseSource.torch(1), StepListener.none());
    }
  }

  private static long residentKibibytes(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  private static double error(Sampler sampler, int steps) {
    try (Scope _ = Scope.open()) {
      double[] levels = IntStream.rangeClosed(0, steps).mapToDouble(falling(steps)).toArray();
      Tensor start = Tensor.full(FROM, 1, 1, 1, 1);

      double end =
          sampler
              .sample(PERFECT, start, Sigmas.of(levels), NoiseSource.torch(1), StepListener.none())
              .item();

      return Math.abs(end - FROM * Math.hypot(TO, DEVIATION) / Math.hypot(FROM, DEVIATION));
    }
  }

  private static IntToDoubleFunction falling(int steps) {
    return i -> FROM * Math.pow(TO / FROM, (double) i / steps);
  }
}
