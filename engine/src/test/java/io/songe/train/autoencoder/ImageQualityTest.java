package io.songe.train.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against scikit-image, by tools/golden/autoencoder_training.py. */
class ImageQualityTest {
  /** The reference computes in FLOAT64, and variances are differences of near numbers. */
  private static final Offset<Double> ROUNDING = Offset.offset(2e-5);

  private static ImageQuality of(Tensor x, Tensor y) {
    QualityMeasure measure = new QualityMeasure();
    for (int i = 0; i < x.dim(0); i++) {
      measure.add(x.slice(0, i, i + 1), y.slice(0, i, i + 1));
    }
    return measure.result();
  }

  @Test
  void the_figures_are_those_of_the_reference() {
    try (Golden golden = new Golden();
        Scope _ = Scope.open()) {
      float[] expected = golden.get("quality").toFloats();

      ImageQuality quality = of(golden.get("judged_x"), golden.get("judged_y"));

      assertThat(quality.psnr()).isCloseTo(expected[0], ROUNDING);
      assertThat(quality.ssim()).isCloseTo(expected[1], ROUNDING);
      assertThat(quality.edgeError()).isCloseTo(expected[2], ROUNDING);
    }
  }

  @Test
  void perfect_copies_have_perfect_figures() {
    try (Golden golden = new Golden();
        Scope _ = Scope.open()) {
      Tensor x = golden.get("judged_x");

      ImageQuality quality = of(x, x);

      assertThat(quality).isEqualTo(new ImageQuality(Double.POSITIVE_INFINITY, 1, 0));
      assertThat(quality.figures()).containsOnlyKeys("ssim", "edge_error");
    }
  }

  @Test
  void what_is_beyond_the_range_is_cut_off_as_on_the_screen() {
    try (Scope _ = Scope.open()) {
      Tensor white = Tensor.full(1, 1, 4, 16, 16);

      assertThat(of(white, white.times(3)).psnr()).isInfinite();
    }
  }
}
