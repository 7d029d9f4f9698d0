package io.songe.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.Checkpoint;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.mini.SongeMini;
import io.songe.tensor.DType;
import org.junit.jupiter.api.Test;

class LatentViewTest {
  /** Blue at the left, yellow at the right. */
  private static Image halves() {
    byte[] rgba = Image.filled(64, 64, Colour.opaque(30, 60, 200)).rgba();
    byte[] yellow = Image.filled(1, 1, Colour.opaque(250, 210, 40)).rgba();
    for (int i = 0; i < rgba.length; i += 4) {
      if (i / 4 % 64 >= 32) {
        System.arraycopy(yellow, 0, rgba, i, 4);
      }
    }
    return Image.of(64, 64, rgba);
  }

  @Test
  void an_eighth_of_the_sides_is_enough_to_give_the_picture_back() {
    try (Checkpoint model = Checkpoint.open(SongeMini.folder(), DType.FLOAT32)) {
      LatentView view = LatentView.of(model.autoencoder(), halves());

      assertThat(view.planes())
          .hasSize(4)
          .allMatch(plane -> plane.width() == 8 && plane.height() == 8)
          .doesNotHaveDuplicates();
      assertThat(view.planes().getFirst().at(1, 4)).isNotEqualTo(view.planes().getFirst().at(6, 4));
      assertThat(view.numbers()).isEqualTo(256);
      assertThat(Difference.between(halves(), view.restored()).psnr()).isGreaterThan(20);
    }
  }
}
