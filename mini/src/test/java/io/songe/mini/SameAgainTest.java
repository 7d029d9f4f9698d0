package io.songe.mini;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.pipeline.GeneratedImage;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Precision;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.TextToImage;
import io.songe.tensor.Backend;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same request gives the same picture. */
class SameAgainTest {
  private static final String PHRASE = "un chat roux qui dort, style 3d";

  private final int threadsBefore = Backend.threads();

  @AfterEach
  void restoreThreads() {
    Backend.setThreads(threadsBefore);
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FP32", "BF16"})
  void two_runs_give_identical_pixels(Precision precision) {
    assertThat(drawn(precision, 7)).isEqualTo(drawn(precision, 7));
  }

  private static Image drawn(Precision precision, long seed) {
    try (TextToImage songe = SongeMini.open(precision)) {
      return songe.generate(songe.request(PHRASE, seed)).getFirst().image();
    }
  }

  @Test
  void another_seed_gives_another_picture() {
    assertThat(psnr(drawn(Precision.FP32, 7), drawn(Precision.FP32, 8))).isLessThan(30);
  }

  /** Threads change the order in which numbers are summed, and nothing else. */
  @Test
  void one_thread_and_two_give_the_same_picture() {
    Backend.setThreads(1);
    Image one = drawn(Precision.FP32, 7);
    Backend.setThreads(2);
    Image two = drawn(Precision.FP32, 7);

    assertThat(psnr(one, two)).as("PSNR in dB").isGreaterThanOrEqualTo(50);
  }

  @Test
  void picture_3_of_4_equals_the_same_picture_made_alone() {
    try (TextToImage songe = SongeMini.open()) {
      GenerationRequest four = songe.request(PHRASE, 100).withSteps(6).withCount(4);

      List<GeneratedImage> together = songe.generate(four);
      GeneratedImage alone = songe.generate(four.withSeed(102).withCount(1)).getFirst();

      assertThat(together.get(2)).isEqualTo(alone);
      assertThat(together.get(2).image()).isNotEqualTo(together.get(1).image());
    }
  }

  @Test
  void a_png_says_all_that_makes_it_again() {
    try (TextToImage songe = SongeMini.open()) {
      GeneratedImage made =
          songe.generate(songe.request(PHRASE, 3).withSteps(5).withSize(128, 192)).getFirst();

      Png read = Png.decode(made.toPng().encode(), "made.png", PngLimits.DEFAULT);
      Recipe recipe = Recipe.of(read.texts()).orElseThrow();
      GeneratedImage again = songe.generate(TextToImage.request(recipe)).getFirst();

      assertThat(read.image()).isEqualTo(made.image());
      assertThat(again).isEqualTo(made);
    }
  }

  /** Of what is seen over white, in dB. */
  private static double psnr(Image first, Image second) {
    float[] one = first.toPlanes(3);
    float[] two = second.toPlanes(3);
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = one[i] - two[i];
      squares += difference * difference;
    }
    return squares == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(4 * one.length / squares);
  }
}
