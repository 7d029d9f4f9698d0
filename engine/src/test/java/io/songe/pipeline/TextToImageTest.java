package io.songe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.TinyModel;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.InvalidRequestException;
import io.songe.format.SafetensorsFile;
import io.songe.image.Image;
import io.songe.tensor.Scope;
import io.songe.text.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference's pictures are of tools/golden/tiny_model.py. */
class TextToImageTest {
  private static final long SEED = 11;

  private static TextToImage model;
  private static SafetensorsFile golden;

  @BeforeAll
  static void open() {
    model = TextToImage.open(TinyModel.original().folder(), Precision.FP32);
    golden = TinyModel.golden();
  }

  @AfterAll
  static void close() {
    model.close();
    golden.close();
  }

  private static String described(String key) {
    return Objects.requireNonNull(golden.metadata().get(key), key);
  }

  /** As the script asks the reference. */
  private static GenerationRequest asked(int width, int height) {
    return model
        .request(described("prompt"), SEED)
        .withPrompt(new Prompt(described("prompt"), described("negative")))
        .withSize(width, height)
        .withSteps(6)
        .withSampler(Samplers.choose("ddim", "model"))
        .withReading(PromptReading.literal());
  }

  private static GenerationRequest quick() {
    return asked(16, 16).withSteps(3);
  }

  private static Image draw(GenerationRequest request) {
    return model.generate(request).getFirst().image();
  }

  /** Rounding may fall to the other side of a half, never further. */
  private static void assertAlmost(Image actual, String name) {
    Image expected;
    try (Scope _ = Scope.open()) {
      expected =
          Image.fromPlanes(actual.width(), actual.height(), golden.get(name).toTensor().toFloats());
    }
    byte[] is = actual.rgba();
    byte[] should = expected.rgba();
    int worst = 0;
    int off = 0;
    for (int i = 0; i < is.length; i++) {
      int difference = Math.abs(Byte.toUnsignedInt(is[i]) - Byte.toUnsignedInt(should[i]));
      worst = Math.max(worst, difference);
      off += difference == 0 ? 0 : 1;
    }
    assertThat(worst).as("levels by which a channel is off").isLessThanOrEqualTo(1);
    assertThat(off).as("channels that are off").isLessThan(is.length / 100);
  }

  @ParameterizedTest
  @CsvSource({"square, 64, 64, 0", "wide, 40, 24, 0", "rescaled, 24, 40, 0.7"})
  void draws_what_the_reference_draws(String name, int width, int height, double rescale) {
    GenerationRequest request =
        asked(width, height).withGuidance(new Guidance.ClassifierFree(7.5, rescale));

    assertAlmost(draw(request), name);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void without_guidance_the_negative_prompt_is_of_no_matter(boolean scaleOfOne) {
    Guidance none = scaleOfOne ? new Guidance.ClassifierFree(1) : new Guidance.None();

    assertAlmost(draw(asked(16, 16).withGuidance(none)), "unguided");
  }

  @Test
  void a_long_prompt_is_read_in_chunks() {
    GenerationRequest request = asked(24, 24).withPrompt(Prompt.of(described("long")));
    List<Progress> events = new ArrayList<>();

    Image image = model.generate(request, events::add).getFirst().image();

    assertAlmost(image, "long");
    assertThat(events.getFirst())
        .isInstanceOfSatisfying(
            Progress.PromptEncoded.class,
            read -> {
              assertThat(read.chunks()).isEqualTo(Integer.parseInt(described("chunks")));
              assertThat(read.tokens()).isEqualTo(25);
            });
  }

  @Test
  void three_planes_are_an_opaque_picture() {
    assertThat(draw(quick()).hasTransparency()).isFalse();
  }

  @Test
  void the_smallest_picture_is_of_one_latent() {
    Image image = draw(quick().withSize(8, 8));

    assertThat(image.width()).isEqualTo(8);
    assertThat(image.height()).isEqualTo(8);
  }

  @Test
  void a_model_without_a_card_is_asked_for_the_usual() {
    GenerationRequest request = model.request("a cat", 1);

    assertThat(request.width()).isEqualTo(64);
    assertThat(request.steps()).isEqualTo(20);
    assertThat(request.guidance()).isEqualTo(new Guidance.ClassifierFree(7.5));
    assertThat(model.precision()).isEqualTo(Precision.FP32);
  }

  @Test
  void reports_come_in_their_order_and_number() {
    List<String> events = new ArrayList<>();

    model.generate(quick().withCount(2), event -> events.add(words(event)));

    assertThat(events)
        .containsExactly(
            "read 7 tokens in 1",
            "picture 0 of 2: 1 of 3",
            "picture 0 of 2: 2 of 3",
            "picture 0 of 2: 3 of 3",
            "finished 0 of 2, seed 11",
            "picture 1 of 2: 1 of 3",
            "picture 1 of 2: 2 of 3",
            "picture 1 of 2: 3 of 3",
            "finished 1 of 2, seed 12");
  }

  private static String words(Progress event) {
    return switch (event) {
      case Progress.PromptEncoded(int tokens, int chunks) ->
          "read " + tokens + " tokens in " + chunks;
      case Progress.Denoised(int image, int images, int step, int steps, var _) ->
          "picture " + image + " of " + images + ": " + step + " of " + steps;
      case Progress.Finished(int image, int images, GeneratedImage result) ->
          "finished " + image + " of " + images + ", seed " + result.recipe().seed();
    };
  }

  @Test
  void a_preview_is_a_picture_while_its_listener_runs() {
    List<Image> previews = new ArrayList<>();
    List<Supplier<Image>> stale = new ArrayList<>();

    Image last =
        model
            .generate(
                quick(),
                event -> {
                  if (event instanceof Progress.Denoised step) {
                    previews.add(step.preview().get());
                    stale.add(step.preview());
                  }
                })
            .getFirst()
            .image();

    assertThat(previews).hasSize(3).doesNotHaveDuplicates();
    assertThat(previews).allMatch(preview -> preview.width() == last.width());
    assertThatThrownBy(() -> stale.getFirst().get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a preview can be had only while the listener runs that was told of the step");
  }

  @Test
  void a_smaller_preview_has_smaller_sides() {
    List<Image> previews = new ArrayList<>();

    Image last =
        model
            .generate(
                quick().withSteps(1),
                event -> {
                  if (event instanceof Progress.Denoised step) {
                    previews.add(step.preview().smaller(2));
                    previews.add(step.preview().smaller(3));
                    previews.add(step.preview().smaller(1));
                    previews.add(step.preview().get());
                  }
                })
            .getFirst()
            .image();

    assertThat(previews)
        .extracting(Image::width)
        .containsExactly(last.width() / 2, last.width() / 2, last.width(), last.width());
    assertThat(previews.get(2)).isEqualTo(previews.get(3));
  }

  @Test
  void looking_at_previews_changes_nothing() {
    Image seen =
        model
            .generate(
                quick(),
                event -> {
                  if (event instanceof Progress.Denoised step) {
                    Image _ = step.preview().get();
                  }
                })
            .getFirst()
            .image();

    assertThat(seen).isEqualTo(draw(quick()));
  }

  @Test
  void an_interrupt_cancels_before_the_next_step() {
    List<Integer> steps = new ArrayList<>();

    assertThatThrownBy(() ->
            model.generate(
                quick().withSteps(20),
                event -> {
                  if (event instanceof Progress.Denoised step) {
                    steps.add(step.step());
                    if (step.step() == 2) {
                      Thread.currentThread().interrupt();
                    }
                  }
                }))
        .isInstanceOf(CancellationException.class)
        .hasMessage("sampling was cancelled before step 3 of 20");

    assertThat(steps).containsExactly(1, 2);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void after_an_interrupt_the_model_draws_as_before() {
    Image before = draw(quick());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> draw(quick())).isInstanceOf(CancellationException.class);

    assertThat(draw(quick())).isEqualTo(before);
  }

  @Test
  void what_a_listener_throws_comes_out_and_ends_the_drawing() {
    Image before = draw(quick());
    IllegalStateException full = new IllegalStateException("no more room");

    assertThatThrownBy(() ->
            model.generate(
                quick(),
                event -> {
                  throw full;
                }))
        .isSameAs(full);

    assertThat(draw(quick())).isEqualTo(before);
  }

  @Test
  void more_steps_than_the_model_knows_are_refused_before_any_work(@TempDir Path temporary) {
    TinyModel few = TinyModel.copyTo(temporary.resolve("model"));
    few.edit("scheduler/scheduler_config.json", "timesteps\": 1000", "timesteps\": 10");
    List<Progress> events = new ArrayList<>();

    try (TextToImage fewSteps = TextToImage.open(few.folder(), Precision.FP32)) {
      assertThatThrownBy(() -> fewSteps.generate(quick().withSteps(11), events::add))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage("the number of steps must be from 1 to 10, got 11");
    }
    assertThat(events).isEmpty();
  }

  @Test
  void the_pictures_of_a_request_cannot_be_changed() {
    List<GeneratedImage> pictures = model.generate(quick());

    assertThatThrownBy(pictures::removeFirst).isInstanceOf(UnsupportedOperationException.class);
  }
}
