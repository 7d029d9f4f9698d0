package io.songe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.TinyModel;
import io.songe.diffusion.Interpolation;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.InvalidRequestException;
import io.songe.image.Image;
import io.songe.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptPathTest {
  private static final Prompt TARGET = new Prompt("a small blue hill", "red");

  private static TextToImage model;

  @BeforeAll
  static void open() {
    model = TextToImage.open(TinyModel.original().folder(), Precision.FP32);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static GenerationRequest request() {
    return model
        .request("a (red:1.2) [cat|hill]", 5)
        .withSize(16, 16)
        .withSteps(4)
        .withSampler(Samplers.choose("euler", "model"));
  }

  private static List<Image> film(Prompt target, int frames, Interpolation way) {
    return model.between(request(), target, frames, way, progress -> {});
  }

  private static Image drawn(GenerationRequest request) {
    return model.generate(request).getFirst().image();
  }

  @ParameterizedTest
  @EnumSource
  void the_ends_are_the_prompts_own_pictures(Interpolation way) {
    List<Image> frames = film(TARGET, 3, way);

    assertThat(frames).hasSize(3).doesNotHaveDuplicates();
    assertThat(frames.getFirst()).isEqualTo(drawn(request()));
    assertThat(frames.getLast()).isEqualTo(drawn(request().withPrompt(TARGET)));
  }

  @Test
  void more_frames_go_the_same_way_in_smaller_steps() {
    assertThat(film(TARGET, 5, Interpolation.LINEAR).get(2))
        .isEqualTo(film(TARGET, 3, Interpolation.LINEAR).get(1));
  }

  @Test
  void the_two_ways_differ() {
    assertThat(film(TARGET, 3, Interpolation.LINEAR).get(1))
        .isNotEqualTo(film(TARGET, 3, Interpolation.SPHERICAL).get(1));
  }

  @Test
  void prompts_of_different_lengths_have_a_way_too() {
    Prompt longer = Prompt.of("a small red cat on the hill, a small blue cat on the hill");

    assertThat(film(longer, 2, Interpolation.SPHERICAL).getLast())
        .isEqualTo(drawn(request().withPrompt(longer)));
  }

  @Test
  void each_frames_steps_are_reported() {
    List<String> events = new ArrayList<>();

    model.between(
        request(),
        TARGET,
        2,
        Interpolation.LINEAR,
        event -> {
          if (event instanceof Progress.Denoised step) {
            events.add(step.image() + " of " + step.images() + ": " + step.step());
          }
        });

    assertThat(events)
        .containsExactly(
            "0 of 2: 1",
            "0 of 2: 2",
            "0 of 2: 3",
            "0 of 2: 4",
            "1 of 2: 1",
            "1 of 2: 2",
            "1 of 2: 3",
            "1 of 2: 4");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 0, -1})
  void fewer_frames_than_ends_are_refused(int frames) {
    assertThatThrownBy(() -> film(TARGET, frames, Interpolation.LINEAR))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a way between two prompts has at least 2 frames, its ends, got " + frames);
  }

  @Test
  void prompts_of_different_numbers_of_phrases_are_refused() {
    assertThatThrownBy(() -> film(Prompt.of("a cat AND a hill"), 2, Interpolation.LINEAR))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "there is no way from a prompt of 1 phrases joined by AND to one of 2; give both as"
                + " many");
  }
}
