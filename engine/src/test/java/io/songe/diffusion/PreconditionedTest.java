package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * All parameterisations on data whose perfect denoiser is known: normal data of deviation s have
 * {@code D(x; sigma) = x s^2 / (s^2 + sigma^2)}, from which the perfect network of each
 * parameterisation follows by its definition.
 */
class PreconditionedTest {
  private static final double VARIANCE = 0.25;

  /** Single precision of sums whose terms are up to sigma times the result. */
  private static final float PRECISION = 3e-5f;

  private final DiscreteSchedule discrete =
      DiscreteSchedule.of(Betas.ScaledLinear.stableDiffusion());
  private final FlowSchedule flow = new FlowSchedule(1000);

  @Test
  void a_network_of_the_noise_gives_the_known_estimate() {
    // The noise is (x - D) / sigma, of x = entering sqrt(1 + sigma^2).
    DoubleUnaryOperator factor = s -> Math.hypot(1, s) * (1 - known(s)) / s;

    assertGivesTheKnownEstimate(new Prediction.Epsilon(), discrete, factor);
  }

  @Test
  void a_network_of_the_velocity_gives_the_known_estimate() {
    // v = a noise - b D, where a = 1 / sqrt(1 + sigma^2) and b = sigma a.
    DoubleUnaryOperator factor = s -> (1 - known(s)) / s - s * known(s);

    assertGivesTheKnownEstimate(new Prediction.Velocity(), discrete, factor);
  }

  @Test
  void a_network_of_the_sample_gives_the_known_estimate() {
    DoubleUnaryOperator factor = s -> Math.hypot(1, s) * known(s);

    assertGivesTheKnownEstimate(new Prediction.Sample(), discrete, factor);
  }

  @Test
  void a_network_of_the_flow_gives_the_known_estimate() {
    // The velocity is noise - D, of x = entering (1 + sigma).
    DoubleUnaryOperator factor = s -> (1 + s) * ((1 - known(s)) / s - known(s));

    assertGivesTheKnownEstimate(new Prediction.Flow(), flow, factor);
  }

  @Test
  void every_image_of_a_batch_is_told_the_timestep() {
    try (Scope _ = Scope.open()) {
      NoisePredictor echo = (x, timesteps, given) -> timesteps.reshape(-1, 1, 1, 1);
      Preconditioned denoiser = new Preconditioned(echo, new Prediction.Sample(), discrete);

      Tensor told = denoiser.denoise(Tensor.zeros(3, 1, 1, 1), discrete.sigma(321), nothing());

      assertThat(told.toFloats()).containsExactly(new float[] {321, 321, 321}, within(1e-3f));
    }
  }

  private static double known(double sigma) {
    return VARIANCE / (VARIANCE + sigma * sigma);
  }

  private static void assertGivesTheKnownEstimate(
      Prediction prediction, NoiseSchedule schedule, DoubleUnaryOperator networkAtSigma) {
    NoisePredictor perfect =
        (x, timesteps, given) -> {
          double sigma = schedule.sigma(timesteps.select(0, 0).item());
          return x.times(networkAtSigma.applyAsDouble(sigma));
        };
    Preconditioned denoiser = new Preconditioned(perfect, prediction, schedule);
    for (double sigma : new double[] {0.05, 0.5, 1, 3, 14}) {
      try (Scope _ = Scope.open()) {
        Tensor x = NoiseSource.torch(1).next(Shape.of(1, 1, 4, 4)).times(sigma);

        Tensor denoised = denoiser.denoise(x, sigma, nothing());

        float[] expected = x.times(known(sigma)).toFloats();
        assertThat(denoised.toFloats()).containsExactly(expected, within(PRECISION));
      }
    }
  }

  private static Conditioning nothing() {
    return Conditioning.of(Tensor.zeros(1, 1, 1));
  }
}
