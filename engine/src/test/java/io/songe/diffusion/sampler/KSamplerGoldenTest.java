package io.songe.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Golden numbers: tools/golden/k_samplers.py (k-diffusion's samplers on a small known denoiser).
 */
class KSamplerGoldenTest {
  private static final Shape SHAPE = Shape.of(2, 1, 4, 4);
  private static final long SEED = 11;

  /** The reference computes in double precision, we in single: up to 40 steps from level 14.6. */
  private static final double SINGLE_PRECISION = 1e-5;

  private static final Denoiser DENOISER =
      (x, sigma) ->
          x.times(0.9 / (1 + sigma * sigma))
              .plus(x.times(2 / Math.hypot(1, sigma)).plus(Math.log(sigma)).sin().times(0.3));

  static Stream<Arguments> cases() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            KSamplerGoldenTest.class.getResourceAsStream("/golden/diffusion/k_samplers.json"))) {
      return JsonMapper.shared()
          .readTree(file)
          .valueStream()
          .map(golden ->
              Arguments.argumentSet(
                  golden.get("sampler").asString()
                      + " "
                      + golden.get("sigmas")
                      + golden.path("churn"),
                  golden));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void samples_are_those_of_k_diffusion(JsonNode golden) {
    double[] levels = golden.get("sigmas").valueStream().mapToDouble(JsonNode::asDouble).toArray();
    NoiseSource noise = NoiseSource.torch(SEED);
    try (Scope _ = Scope.open()) {
      Tensor start = noise.next(SHAPE).times(levels[0]);

      Tensor sampled =
          sampler(golden).sample(DENOISER, start, Sigmas.of(levels), noise, StepListener.none());

      float[] values = sampled.toFloats();
      assertThat(values).hasSize(golden.get("sample").size());
      for (int i = 0; i < values.length; i++) {
        double wanted = golden.get("sample").get(i).asDouble();
        assertThat((double) values[i])
            .as("element %d", i)
            .isCloseTo(wanted, within(SINGLE_PRECISION * Math.max(1, Math.abs(wanted))));
      }
    }
  }

  private static Sampler sampler(JsonNode golden) {
    Sampler usual = Samplers.get(golden.get("sampler").asString()).sampler();
    if (!golden.has("churn")) {
      return usual;
    }
    double[] numbers = golden.get("churn").valueStream().mapToDouble(JsonNode::asDouble).toArray();
    Churn churn = new Churn(numbers[0], numbers[1], numbers[2], numbers[3]);
    return switch (usual) {
      case Euler _ -> new Euler(churn);
      case Heun _ -> new Heun(churn);
      default -> throw new IllegalArgumentException(usual + " has no churn");
    };
  }
}
