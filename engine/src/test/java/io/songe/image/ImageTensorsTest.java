package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.EngineException;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ImageTensorsTest {
  @Test
  void a_picture_comes_back_through_a_tensor() {
    Image image = ImageTest.random(7, 5, 1).over(Colour.WHITE);

    try (Scope _ = Scope.open()) {
      Tensor pixels = ImageTensors.toTensor(image, 3);

      assertThat(pixels.shape()).hasToString("[1, 3, 5, 7]");
      assertThat(ImageTensors.toImage(pixels)).isEqualTo(image);
      assertThat(ImageTensors.toImage(pixels.select(0, 0))).isEqualTo(image);
    }
  }

  @Test
  void planes_are_red_green_blue_and_coverage_from_the_top_left() {
    try (Scope _ = Scope.open()) {
      Tensor pixels = Tensor.of(new float[] {1, -1, -1, -1, -1, -1, 1, -1}, 4, 1, 2);

      Image image = ImageTensors.toImage(pixels);

      assertThat(image.at(0, 0)).isEqualTo(Colour.opaque(255, 0, 0));
      assertThat(image.at(1, 0)).isEqualTo(Colour.BLACK);
    }
  }

  @Test
  void several_pictures_at_once_are_refused() {
    try (Scope _ = Scope.open()) {
      Tensor two = Tensor.zeros(2, 3, 4, 4);

      assertThatThrownBy(() -> ImageTensors.toImage(two))
          .isInstanceOf(EngineException.class)
          .hasMessage("one picture is [channels, height, width], got [2, 3, 4, 4]");
    }
  }
}
