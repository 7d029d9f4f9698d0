package io.songe.mini;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Precision;
import io.songe.pipeline.PromptReading;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.TextToImage;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pictures that version 0.1.0 drew, whose recipes know of no syntax, are made again. Their texts
 * are those of version 0.1.0. Their pixels are what Python's diffusers draws from these recipes
 * with the weights of today, made by {@code tools/golden/first_format.py}: with the weights of
 * version 0.1.0 it drew the pixels of version 0.1.0, but for one level of one pixel.
 */
class FirstFormatTest {
  /** What another processor's rounding may change. */
  private static final double LEAST_PSNR = 50;

  private static Png picture(String name) {
    try {
      return Png.read(
          Path.of(
              Objects.requireNonNull(FirstFormatTest.class.getResource("/recipes/" + name))
                  .toURI()),
          PngLimits.DEFAULT);
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Image drawn(GenerationRequest request) {
    try (TextToImage songe = SongeMini.open(Precision.FP32)) {
      return songe.generate(request).getFirst().image();
    }
  }

  @Test
  void its_signs_are_text() {
    Recipe recipe = Recipe.of(picture("first-format.png").texts()).orElseThrow();

    assertThat(recipe.prompt().positive()).isEqualTo("a (red:1.5) fox AND snow, 3d style");
    assertThat(TextToImage.request(recipe).reading()).isEqualTo(PromptReading.literal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"first-format.png", "first-format-words.png"})
  void it_is_made_again(String name) {
    Png old = picture(name);
    GenerationRequest request = TextToImage.request(Recipe.of(old.texts()).orElseThrow());

    assertThat(psnr(drawn(request), old.image())).isGreaterThanOrEqualTo(LEAST_PSNR);
  }

  @Test
  void where_it_has_signs_it_would_be_another_today() {
    Png old = picture("first-format.png");
    GenerationRequest request = TextToImage.request(Recipe.of(old.texts()).orElseThrow());

    Image today = drawn(request.withReading(PromptReading.usual()));

    assertThat(psnr(today, old.image())).isLessThan(LEAST_PSNR);
  }

  /** Of colours and coverage alike, in dB. */
  private static double psnr(Image first, Image second) {
    byte[] one = first.rgba();
    byte[] two = second.rgba();
    assertThat(one).hasSameSizeAs(two);
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = Byte.toUnsignedInt(one[i]) - Byte.toUnsignedInt(two[i]);
      squares += difference * difference;
    }
    return squares == 0
        ? Double.POSITIVE_INFINITY
        : 10 * Math.log10(255.0 * 255 * one.length / squares);
  }
}
