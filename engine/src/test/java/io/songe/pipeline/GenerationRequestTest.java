package io.songe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.diffusion.Guidance;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.InvalidRequestException;
import io.songe.pipeline.edit.Edit;
import io.songe.text.Prompt;
import io.songe.text.syntax.PromptSyntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationRequestTest {
  private static final GenerationRequest REQUEST =
      new GenerationRequest(
          Prompt.of("a cat"),
          256,
          256,
          20,
          new Guidance.None(),
          Samplers.choose("ddim", "model"),
          7,
          1);

  @ParameterizedTest
  @CsvSource({
    "500, 512, 504x512",
    "0, 64, 8x64",
    "-8, 64, 8x64",
    "64, 3, 64x8",
    "2147483647, 8, 4096x8",
    "-2147483648, 8, 8x8",
  })
  void a_side_between_latents_is_refused_with_the_nearest(int width, int height, String nearest) {
    assertThatThrownBy(() -> REQUEST.withSize(width, height))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "width and height must be positive multiples of 8, got %dx%d; try %s"
                .formatted(width, height, nearest));
  }

  @Test
  void a_model_of_larger_latents_refuses_what_others_draw() {
    assertThatThrownBy(() -> REQUEST.withSize(264, 256).requireSidesOf(16))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "width and height must be positive multiples of 16 for this model, got 264x256; try"
                + " 272x256");
    assertThatCode(() -> REQUEST.requireSidesOf(16)).doesNotThrowAnyException();
  }

  @Test
  void a_picture_has_a_largest_size() {
    assertThatThrownBy(() -> REQUEST.withSize(8192, 4096))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a picture has at most 16777216 pixels, got 8192x4096; take a smaller size");
    assertThat(REQUEST.withSize(4096, 4096).width()).isEqualTo(4096);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1001, Integer.MAX_VALUE})
  void steps_and_pictures_are_counted_from_1_to_1000(int number) {
    assertThatThrownBy(() -> REQUEST.withSteps(number))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the number of steps must be from 1 to 1000, got " + number);
    assertThatThrownBy(() -> REQUEST.withCount(number))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the number of pictures must be from 1 to 1000, got " + number);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 101})
  void clip_skip_is_counted_from_1_to_100(int number) {
    assertThatThrownBy(() -> new PromptReading(PromptSyntax.A1111, number))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the clip skip must be from 1, which skips nothing, to 100, got " + number);
  }

  @Test
  void each_change_changes_one_thing() {
    Guidance guidance = new Guidance.ClassifierFree(7.5, 0.7);
    Samplers.Choice sampler = Samplers.choose("euler", "karras");

    GenerationRequest changed =
        REQUEST
            .withPrompt(new Prompt("a dog", "a cat"))
            .withSize(64, 128)
            .withSteps(5)
            .withGuidance(guidance)
            .withSampler(sampler)
            .withSeed(-3)
            .withCount(4)
            .withReading(PromptReading.literal());

    assertThat(changed)
        .isEqualTo(
            new GenerationRequest(
                new Prompt("a dog", "a cat"),
                64,
                128,
                5,
                guidance,
                sampler,
                -3,
                4,
                Edit.NONE,
                PromptReading.literal()));
  }
}
