package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Golden numbers: tools/golden/sigma_curves.py (the schedules of A1111 and ComfyUI). */
class SigmaCurveGoldenTest {
  /** The levels of training are numbers of single precision, in the reference as here. */
  private static final double SINGLE_PRECISION = 2e-7;

  private static final DiscreteSchedule SCHEDULE =
      DiscreteSchedule.of(Betas.ScaledLinear.stableDiffusion());

  static Stream<Arguments> cases() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            SigmaCurveGoldenTest.class.getResourceAsStream(
                "/golden/diffusion/sigma_curves.json"))) {
      return JsonMapper.shared()
          .readTree(file)
          .valueStream()
          .map(golden ->
              Arguments.argumentSet(
                  golden.get("schedule").asString() + " " + golden.get("steps"), golden));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void levels_are_those_of_a1111_and_comfyui(JsonNode golden) {
    double[] levels =
        curve(golden.get("schedule").asString()).levels(SCHEDULE, golden.get("steps").asInt());

    assertThat(levels).hasSize(golden.get("levels").size());
    for (int i = 0; i < levels.length; i++) {
      double wanted = golden.get("levels").get(i).asDouble();
      assertThat(levels[i]).as("level %d", i).isCloseTo(wanted, within(SINGLE_PRECISION * wanted));
    }
  }

  private static SigmaCurve curve(String name) {
    return switch (SigmaSchedules.get(name).schedule()) {
      case SigmaSchedule.Curved(SigmaCurve curve) -> curve;
      case SigmaSchedule other -> throw new IllegalArgumentException(name + " is " + other);
    };
  }
}
