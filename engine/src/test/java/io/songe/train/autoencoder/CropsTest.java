package io.songe.train.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.random.Draws;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CropsTest {
  private static Crops crops(int batch, int side, long seed) {
    return new Crops(Shapes.pictures(5), 4, batch, side, new Draws(seed));
  }

  @Test
  void a_step_depends_on_its_number_and_the_seed_alone() {
    try (Scope _ = Scope.open()) {
      float[] once = crops(6, 16, 1).at(7, 0, 1).toFloats();
      Crops later = crops(6, 16, 1);
      later.at(3, 0, 1);

      assertThat(later.at(7, 0, 1).toFloats()).isEqualTo(once);
      assertThat(later.at(8, 0, 1).toFloats()).isNotEqualTo(once);
      assertThat(crops(6, 16, 2).at(7, 0, 1).toFloats()).isNotEqualTo(once);
    }
  }

  @Test
  void parts_are_the_whole_in_order() {
    try (Scope _ = Scope.open()) {
      Crops crops = crops(5, 16, 1);

      Tensor parts = Tensor.concat(List.of(crops.at(2, 0, 2), crops.at(2, 1, 2)), 0);

      assertThat(parts.shape()).isEqualTo(Shape.of(5, 4, 16, 16));
      assertThat(parts.toFloats()).isEqualTo(crops.at(2, 0, 1).toFloats());
    }
  }

  @Test
  void fewer_pictures_than_a_step_needs_are_taken_repeatedly() {
    Pictures one = new Pictures(32, List.of(0), List.of(1), Shapes::picture);
    try (Scope _ = Scope.open()) {
      Tensor squares = new Crops(one, 4, 8, 32, new Draws(0)).at(0, 0, 1);

      assertThat(squares.dim(0)).isEqualTo(8);
    }
  }

  @Test
  void pictures_that_are_held_out_are_never_seen() {
    Set<Integer> seen = new TreeSet<>();
    Pictures watched =
        new Pictures(
            32,
            List.of(2, 4, 6),
            List.of(1, 3, 5),
            number -> {
              seen.add(number);
              return Shapes.picture(number);
            });
    try (Scope _ = Scope.open()) {
      new Crops(watched, 4, 64, 16, new Draws(0)).at(0, 0, 1);
    }

    assertThat(seen).containsExactly(2, 4, 6);
  }

  @Test
  void about_half_are_mirrored_and_some_are_laid_over_a_colour() {
    byte[] left = new byte[4 * 32 * 32];
    for (int y = 0; y < 32; y++) {
      Arrays.fill(left, 4 * 32 * y, 4 * 32 * y + 4, (byte) -1);
    }
    Image stroke = Image.of(32, 32, left);
    Pictures strokes = new Pictures(32, List.of(0), List.of(1), _ -> stroke);
    int count = 400;
    int mirrored = 0;
    int opaque = 0;
    try (Scope _ = Scope.open()) {
      float[] coverage =
          new Crops(strokes, 4, count, 32, new Draws(0)).at(0, 0, 1).select(1, 3).toFloats();
      for (int i = 0; i < count; i++) {
        boolean first = coverage[i * 1024] > 0;
        boolean last = coverage[i * 1024 + 31] > 0;
        opaque += first && last ? 1 : 0;
        mirrored += last && !first ? 1 : 0;
      }
    }

    // four deviations of a binomial distribution
    assertThat(opaque).isBetween(60 - 29, 60 + 29);
    assertThat(mirrored).isBetween(170 - 40, 170 + 40);
  }

  @Test
  void without_a_coverage_channel_pictures_are_on_white() {
    Image nothing = Image.filled(32, 32, Colour.TRANSPARENT);
    Pictures pictures = new Pictures(32, List.of(0), List.of(1), _ -> nothing);
    try (Scope _ = Scope.open()) {
      float[] levels = new Crops(pictures, 3, 1, 16, new Draws(1)).at(0, 0, 1).toFloats();

      assertThat(levels).hasSize(3 * 16 * 16).containsOnly(1f);
    }
  }
}
