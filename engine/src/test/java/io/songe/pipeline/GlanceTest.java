package io.songe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.TinyModel;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Image;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be seen of pictures with noise in them. */
class GlanceTest {
  private static final Image RED = Image.filled(16, 16, Colour.opaque(220, 30, 20));

  private static TextToImage model;

  @BeforeAll
  static void open() {
    model = TextToImage.open(TinyModel.original().folder(), Precision.FP32);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static GenerationRequest asked() {
    return model
        .request("a red fox", 11)
        .withSize(16, 16)
        .withSteps(3)
        .withSampler(Samplers.choose("euler", "model"));
  }

  private static int largestDifference(Image one, Image other) {
    byte[] a = one.rgba();
    byte[] b = other.rgba();
    int largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs((a[i] & 255) - (b[i] & 255)));
    }
    return largest;
  }

  @Test
  void of_hardly_any_noise_it_believes_what_it_sees() {
    Glance glance = model.glance(asked(), RED, 1e-5);

    assertThat(largestDifference(glance.noisy(), glance.believed())).isLessThanOrEqualTo(1);
  }

  @Test
  void of_much_noise_it_believes_something_else() {
    Glance glance = model.glance(asked(), RED, 10);

    assertThat(largestDifference(glance.noisy(), glance.believed())).isGreaterThan(20);
  }

  @Test
  void the_seed_decides_the_noise_and_the_phrase_what_is_believed() {
    Glance glance = model.glance(asked(), RED, 2);

    assertThat(model.glance(asked(), RED, 2)).isEqualTo(glance);
    assertThat(model.glance(asked().withSeed(12), RED, 2).noisy()).isNotEqualTo(glance.noisy());
    Glance other = model.glance(model.request("a house", 11).withSize(16, 16), RED, 2);
    assertThat(other.noisy()).isEqualTo(glance.noisy());
    assertThat(other.believed()).isNotEqualTo(glance.believed());
  }

  @Test
  void a_picture_of_another_size_is_refused() {
    assertThatThrownBy(() -> model.glance(asked().withSize(32, 16), RED, 1))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "a picture of 32x16 was asked for, and one of 16x16 was given; resize it first");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 15, Double.NaN})
  void a_noise_level_of_no_training_is_refused(double sigma) {
    assertThatThrownBy(() -> model.glance(asked(), RED, sigma))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("the noise level must be above 0 and at most 14.61")
        .hasMessageEndingWith(", got " + sigma);
  }

  @Test
  void the_noise_in_a_drawing_falls_until_the_picture_is_left() {
    List<Image> noisy = new ArrayList<>();
    List<Image> believed = new ArrayList<>();

    Image last =
        model
            .generate(
                asked(),
                event -> {
                  if (event instanceof Progress.Denoised step) {
                    noisy.add(step.preview().noisy());
                    believed.add(step.preview().get());
                  }
                })
            .getFirst()
            .image();

    assertThat(noisy).hasSize(3).doesNotHaveDuplicates().last().isEqualTo(last);
    assertThat(noisy.getFirst()).isNotEqualTo(believed.getFirst());
  }
}
