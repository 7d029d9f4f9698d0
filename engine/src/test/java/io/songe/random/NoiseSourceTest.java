package io.songe.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Golden numbers: tools/golden/noise.py (PyTorch's generator). */
class NoiseSourceTest {
  /** Processors differ in the last bit of the logarithm; the fixture has seven digits. */
  private static final Offset<Float> LAST_DIGITS = within(1e-6f);

  /** A1111's own test vector for its generator: seed 0, three rows of four. */
  private static final float[] CUDA_SEED_0 = {
    -0.9246626f, -0.4253441f, -2.643846f, 0.1451839f,
    -0.1208665f, -0.5797256f, -0.6228512f, -0.3283871f,
    -1.074542f, -0.3631441f, -1.671051f, 2.265505f
  };

  static Stream<JsonNode> torchCases() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            NoiseSourceTest.class.getResourceAsStream("/golden/random/noise.json"))) {
      return JsonMapper.shared().readTree(file).valueStream();
    }
  }

  @ParameterizedTest
  @MethodSource("torchCases")
  void every_draw_is_what_pytorch_draws_for_the_seed_of_each_image(JsonNode golden) {
    NoiseSource noise = NoiseSource.torch(golden.get("seed").asLong());
    Shape shape = Shape.of(golden.get("shape").valueStream().mapToLong(JsonNode::asLong).toArray());

    for (JsonNode draw : golden.get("draws")) {
      try (Scope _ = Scope.open()) {
        Tensor drawn = noise.next(shape);

        assertThat(drawn.shape()).isEqualTo(shape);
        assertThat(drawn.toFloats()).containsExactly(floats(draw), LAST_DIGITS);
      }
    }
  }

  @Test
  void an_image_of_a_batch_is_drawn_alone_by_its_own_seed() {
    try (Scope _ = Scope.open()) {
      Tensor batch = NoiseSource.torch(7).next(Shape.of(3, 4, 4, 4));
      Tensor cudaBatch = NoiseSource.philox(7).next(Shape.of(3, 4, 4, 4));

      Tensor alone = NoiseSource.torch(9).next(Shape.of(1, 4, 4, 4));
      Tensor cudaAlone = NoiseSource.philox(9).next(Shape.of(1, 4, 4, 4));

      assertThat(batch.slice(0, 2, 3).toFloats()).containsExactly(alone.toFloats());
      assertThat(cudaBatch.slice(0, 2, 3).toFloats()).containsExactly(cudaAlone.toFloats());
    }
  }

  @Test
  void philox_draws_what_cuda_draws() {
    try (Scope _ = Scope.open()) {
      Tensor drawn = NoiseSource.philox(0).next(Shape.of(1, 3, 4));

      assertThat(drawn.toFloats()).containsExactly(CUDA_SEED_0, LAST_DIGITS);
    }
  }

  @Test
  void successive_philox_draws_are_new_and_normal() {
    NoiseSource noise = NoiseSource.philox(-1);
    try (Scope _ = Scope.open()) {
      Tensor first = noise.next(Shape.of(1, 100, 100));
      Tensor second = noise.next(Shape.of(1, 100, 100));

      // Ten thousand numbers: three standard errors are 0.03 for a mean and a correlation.
      assertThat(second.mean().item()).isCloseTo(0, within(0.03));
      assertThat(second.square().mean().item()).isCloseTo(1, within(0.05));
      assertThat(first.times(second).mean().item()).isCloseTo(0, within(0.03));
    }
  }

  private static float[] floats(JsonNode numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers.get(i).asDouble();
    }
    return values;
  }
}
