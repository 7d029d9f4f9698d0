package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.EngineException;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtraChannelsTest {
  private static final Prediction.Epsilon EPSILON = new Prediction.Epsilon();

  /** A network that remembers what it was shown and predicts nothing. */
  private static NoisePredictor remembering(List<float[]> shown, List<Shape> shapes) {
    return (x, timesteps, given) -> {
      shown.add(x.toFloats());
      shapes.add(x.shape());
      return x.slice(1, 0, 1).times(0);
    };
  }

  @Test
  void every_sample_of_a_batch_is_followed_by_the_same_channels() {
    List<float[]> shown = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();

    try (Scope _ = Scope.open()) {
      NoisePredictor network =
          new ExtraChannels(remembering(shown, shapes), Tensor.of(new float[] {7, 8}, 1, 2, 1, 1));
      network.predict(
          Tensor.of(new float[] {1, 2}, 2, 1, 1, 1),
          Tensor.zeros(2),
          Conditioning.of(Tensor.zeros(2, 1, 1)));
    }

    assertThat(shapes).containsExactly(Shape.of(2, 3, 1, 1));
    assertThat(shown.getFirst()).containsExactly(1, 7, 8, 2, 7, 8);
  }

  @Test
  void the_mask_stands_before_the_surroundings() {
    try (Scope _ = Scope.open()) {
      ExtraChannels network =
          ExtraChannels.inpainting(
              (x, timesteps, given) -> x,
              Tensor.of(new float[] {1}, 1, 1, 1, 1),
              Tensor.of(new float[] {2, 3, 4, 5}, 1, 4, 1, 1));

      assertThat(network.channels().toFloats()).containsExactly(1, 2, 3, 4, 5);
    }
  }

  @Test
  void the_noise_level_scales_the_sample_alone() {
    List<float[]> shown = new ArrayList<>();

    try (Scope _ = Scope.open()) {
      NoisePredictor network =
          new ExtraChannels(
              remembering(shown, new ArrayList<>()), Tensor.of(new float[] {7}, 1, 1, 1, 1));
      new Preconditioned(network, EPSILON, new FlowSchedule(1000))
          .denoise(
              Tensor.of(new float[] {10}, 1, 1, 1, 1), 2, Conditioning.of(Tensor.zeros(1, 1, 1)));
    }

    float scaled = (float) (10 * EPSILON.at(2).in());
    assertThat(scaled).isLessThan(5);
    assertThat(shown.getFirst()).containsExactly(scaled, 7);
  }

  @Test
  void channels_of_several_pictures_are_refused() {
    try (Scope _ = Scope.open()) {
      Tensor two = Tensor.zeros(2, 1, 1, 1);

      assertThatThrownBy(() -> new ExtraChannels((x, timesteps, given) -> x, two))
          .isInstanceOf(EngineException.class)
          .hasMessage("further channels are [1, channels, height, width], got [2, 1, 1, 1]");
    }
  }
}
