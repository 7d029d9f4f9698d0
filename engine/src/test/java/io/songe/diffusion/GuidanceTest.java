package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.InvalidRequestException;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuidanceTest {
  private static final double SIGMA = 2;

  /** The wanted estimate is 3 x + 1, the unwanted -x + 2. */
  private static final float[] WANTED = {3, 1};

  private static final float[] UNWANTED = {-1, 2};

  /** The sizes of the batches that the denoiser saw. */
  private final List<Long> batches = new ArrayList<>();

  private final ConditionalDenoiser denoiser =
      (x, sigma, given) -> {
        batches.add(x.dim(0));
        Tensor slope = given.context().select(2, 0).mean(1).reshape(-1, 1, 1, 1);
        Tensor offset = given.context().select(2, 1).mean(1).reshape(-1, 1, 1, 1);
        return x.times(slope).plus(offset);
      };

  @Test
  void scale_one_is_the_wanted_and_asks_for_nothing_else() {
    try (Scope _ = Scope.open()) {
      Tensor x = noise();

      Tensor guided = guided(new Guidance.ClassifierFree(1), x, 1);

      assertThat(guided.toFloats()).containsExactly(estimate(x, WANTED));
      assertThat(batches).containsExactly(2L);
    }
  }

  @Test
  void scale_zero_is_the_unwanted() {
    try (Scope _ = Scope.open()) {
      Tensor x = noise();

      Tensor guided = guided(new Guidance.ClassifierFree(0), x, 1);

      assertThat(guided.toFloats()).containsExactly(estimate(x, UNWANTED), within(1e-6f));
    }
  }

  @Test
  void no_guidance_is_the_wanted() {
    try (Scope _ = Scope.open()) {
      Tensor x = noise();

      Tensor guided = guided(new Guidance.None(), x, 1);

      assertThat(guided.toFloats()).containsExactly(estimate(x, WANTED));
      assertThat(batches).containsExactly(2L);
    }
  }

  @Test
  void larger_scales_go_beyond_the_wanted_in_one_batch_of_twice_the_size() {
    try (Scope _ = Scope.open()) {
      Tensor x = noise();

      Tensor guided = guided(new Guidance.ClassifierFree(7.5), x, 1);

      // unwanted + 7.5 (wanted - unwanted) = 29 x - 5.5
      assertThat(guided.toFloats())
          .containsExactly(estimate(x, new float[] {29, -5.5f}), within(1e-4f));
      assertThat(batches).containsExactly(4L);
    }
  }

  @Test
  void phrases_of_different_lengths_are_evaluated_apart_and_give_the_same() {
    try (Scope _ = Scope.open()) {
      Tensor x = noise();

      Tensor together = guided(new Guidance.ClassifierFree(3, 0.5), x, 1);
      batches.clear();
      Tensor apart = guided(new Guidance.ClassifierFree(3, 0.5), x, 2);

      assertThat(apart.toFloats()).containsExactly(together.toFloats(), within(1e-5f));
      assertThat(batches).containsExactly(2L, 2L);
    }
  }

  @Test
  void full_rescaling_gives_the_deviation_of_the_wanted() {
    try (Scope _ = Scope.open()) {
      Tensor x = noise();

      Tensor guided = guided(new Guidance.ClassifierFree(7.5, 1), x, 1);

      float[] expected = Tensor.of(estimate(x, WANTED), 2, 1, 4, 4).std(1, 2, 3).toFloats();
      assertThat(guided.std(1, 2, 3).toFloats()).containsExactly(expected, within(1e-4f));
    }
  }

  @Test
  void rescaling_mixes_what_the_network_contributed_alone() {
    // A network of the noise: the estimate is x - sigma output, and outputs are what is rescaled.
    NoisePredictor network =
        (x, timesteps, given) -> {
          Tensor factor = given.context().reshape(-1, 1, 1, 1);
          return x.times(factor).plus(factor.square());
        };
    DiscreteSchedule schedule = DiscreteSchedule.of(Betas.ScaledLinear.stableDiffusion());
    Preconditioned preconditioned = new Preconditioned(network, new Prediction.Epsilon(), schedule);
    try (Scope _ = Scope.open()) {
      Tensor x = NoiseSource.torch(2).next(Shape.of(1, 1, 4, 4));
      Tensor entering = x.times(1 / Math.sqrt(1 + SIGMA * SIGMA));

      Tensor guided =
          new Guidance.ClassifierFree(4, 0.7)
              .guide(
                  preconditioned,
                  Conditioning.of(Tensor.full(0.5, 1, 1, 1)),
                  Conditioning.of(Tensor.full(-0.25, 1, 1, 1)))
              .denoise(x, SIGMA);

      // Outputs 0.5 e + 0.25 and -0.25 e + 0.0625; guided 2.75 e + 0.8125, deviations as 0.5 to
      // 2.75; Lin et al. 2023, equation 16: 0.7 (0.5 / 2.75) + 0.3 of it.
      Tensor output = entering.times(2.75).plus(0.8125).times(0.7 * 0.5 / 2.75 + 0.3);
      float[] expected = x.minus(output.times(SIGMA)).toFloats();
      assertThat(guided.toFloats()).containsExactly(expected, within(1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void a_scale_that_is_no_finite_number_is_refused(double scale) {
    assertThatThrownBy(() -> new Guidance.ClassifierFree(scale))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the guidance scale must be a finite number, got " + scale + "; 7 is usual");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void a_rescaling_out_of_its_range_is_refused(double rescale) {
    assertThatThrownBy(() -> new Guidance.ClassifierFree(7, rescale))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the guidance rescale must be from 0 to 1, got " + rescale + "; 0 is usual");
  }

  @Test
  void scale_and_rescaling_change_one_without_the_other() {
    assertThat(new Guidance.ClassifierFree(4, 0.7).withScale(6))
        .isEqualTo(new Guidance.ClassifierFree(6, 0.7));
    assertThat(new Guidance.ClassifierFree(4, 0.7).withRescale(0.2))
        .isEqualTo(new Guidance.ClassifierFree(4, 0.2));
    assertThat(new Guidance.None().withScale(6)).isEqualTo(new Guidance.ClassifierFree(6));
    assertThat(new Guidance.None().withRescale(0.7)).isEqualTo(new Guidance.ClassifierFree(1, 0.7));
  }

  @Test
  void several_wanted_things_add_up_what_each_changes() {
    try (Scope _ = Scope.open()) {
      Tensor x = noise();

      Tensor guided = composed(new Guidance.ClassifierFree(2), x, 1, 0.5);

      // unwanted + 2 (1 (wanted - unwanted) + 0.5 (5 x - unwanted))
      // = -x + 2 + 2 ((4 x - 1) + 0.5 (6 x - 2)) = 13 x - 2
      assertThat(guided.toFloats())
          .containsExactly(estimate(x, new float[] {13, -2}), within(1e-4f));
      assertThat(batches).containsExactly(2L, 2L, 2L);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void without_guidance_several_things_still_add_up(boolean scaleOfOne) {
    Guidance none = scaleOfOne ? new Guidance.ClassifierFree(1) : new Guidance.None();
    try (Scope _ = Scope.open()) {
      Tensor x = noise();

      Tensor guided = composed(none, x, 1, 0.5);

      // -x + 2 + (4 x - 1) + 0.5 (6 x - 2) = 6 x
      assertThat(guided.toFloats()).containsExactly(estimate(x, new float[] {6, 0}), within(1e-5f));
    }
  }

  @Test
  void the_weight_of_one_thing_alone_scales_its_pull() {
    try (Scope _ = Scope.open()) {
      Tensor x = noise();

      Tensor guided =
          new Guidance.ClassifierFree(2)
              .guide(
                  denoiser, List.of(new Wanted(conditioning(WANTED), 0.5)), conditioning(UNWANTED))
              .denoise(x, SIGMA);

      assertThat(guided.toFloats()).containsExactly(estimate(x, WANTED), within(1e-5f));
      assertThat(batches).containsExactly(4L);
    }
  }

  private Tensor composed(Guidance guidance, Tensor x, double first, double second) {
    List<Wanted> wanted =
        List.of(
            new Wanted(conditioning(WANTED), first),
            new Wanted(conditioning(new float[] {5, 0}), second));
    return guidance.guide(denoiser, wanted, conditioning(UNWANTED)).denoise(x, SIGMA);
  }

  private static Conditioning conditioning(float[] slopeAndOffset) {
    return Conditioning.of(Tensor.of(slopeAndOffset, 1, 1, 2).repeat(2, 1, 1));
  }

  private static Tensor noise() {
    return NoiseSource.torch(1).next(Shape.of(2, 1, 4, 4));
  }

  private Tensor guided(Guidance guidance, Tensor x, int unwantedTokens) {
    Tensor unwanted = Tensor.of(UNWANTED, 1, 1, 2).repeat(2, unwantedTokens, 1);
    return guidance
        .guide(
            denoiser,
            Conditioning.of(Tensor.of(WANTED, 1, 1, 2).repeat(2, 1, 1)),
            Conditioning.of(unwanted))
        .denoise(x, SIGMA);
  }

  private static float[] estimate(Tensor x, float[] slopeAndOffset) {
    return x.times(slopeAndOffset[0]).plus(slopeAndOffset[1]).toFloats();
  }
}
