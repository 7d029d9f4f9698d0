package io.songe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.TinyModel;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.InvalidRequestException;
import io.songe.image.Image;
import io.songe.text.Prompt;
import io.songe.text.syntax.PromptSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a prompt's signs do to pictures of the tiny model. */
class PromptedPicturesTest {
  private static TextToImage model;

  @BeforeAll
  static void open() {
    model = TextToImage.open(TinyModel.original().folder(), Precision.FP32);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static GenerationRequest asked(String positive, String negative) {
    return model
        .request("", 11)
        .withPrompt(new Prompt(positive, negative))
        .withSize(16, 16)
        .withSteps(6)
        .withSampler(Samplers.choose("euler", "model"));
  }

  private static GenerationRequest asked(String positive) {
    return asked(positive, "");
  }

  private static Image draw(GenerationRequest request) {
    return model.generate(request).getFirst().image();
  }

  private static Image draw(String positive) {
    return draw(asked(positive));
  }

  /** What the sampler makes of the noise, step by step. */
  private static List<Image> steps(String positive, String negative) {
    List<Image> steps = new ArrayList<>();
    model.generate(
        asked(positive, negative),
        event -> {
          if (event instanceof Progress.Denoised step) {
            steps.add(step.preview().get());
          }
        });
    return steps;
  }

  private static int firstDifference(List<Image> one, List<Image> other) {
    int step = 0;
    while (step < one.size() && one.get(step).equals(other.get(step))) {
      step++;
    }
    return step;
  }

  private static void assertAlmost(Image actual, Image expected) {
    byte[] is = actual.rgba();
    byte[] should = expected.rgba();
    for (int i = 0; i < is.length; i++) {
      int off = Math.abs(Byte.toUnsignedInt(is[i]) - Byte.toUnsignedInt(should[i]));
      assertThat(off).as("levels by which channel %d is off", i).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void mere_words_give_the_same_pixels_in_all_syntaxes(PromptSyntax syntax) {
    GenerationRequest words = asked("a red cat, on the hill", "blue");

    assertThat(draw(words.withReading(PromptReading.of(syntax))))
        .isEqualTo(draw(words.withReading(PromptReading.literal())));
  }

  @Test
  void each_syntax_has_its_own_picture_of_a_weight() {
    GenerationRequest weighted = asked("a (red:1.5) cat");

    List<Image> pictures = new ArrayList<>(List.of(draw("a red cat")));
    for (PromptSyntax syntax : PromptSyntax.values()) {
      pictures.add(draw(weighted.withReading(PromptReading.of(syntax))));
    }

    assertThat(pictures).doesNotHaveDuplicates();
  }

  @Test
  void the_negative_prompt_has_weights_too() {
    assertThat(draw(asked("a cat", "(blue:1.5)"))).isNotEqualTo(draw(asked("a cat", "blue")));
  }

  @Test
  void a_library_reads_the_web_uis_signs_unless_told() {
    assertThat(model.request("a cat", 1).reading()).isEqualTo(PromptReading.usual());
    assertThat(PromptReading.usual()).isEqualTo(new PromptReading(PromptSyntax.A1111, 1));
  }

  @ParameterizedTest
  @CsvSource({"[red:blue:0] cat, blue cat", "[red:blue:6] cat, red cat", "[cat|cat], cat"})
  void what_never_changes_is_drawn_as_if_it_were_written_so(String changing, String written) {
    assertThat(draw(changing)).isEqualTo(draw(written));
  }

  @ParameterizedTest
  @CsvSource({"[red:blue:2] cat, 3", "[red:blue:0.5] cat, 4", "[red:blue:1] cat, 2"})
  void a_change_comes_with_the_step_after_the_moment_counted_from_0(String text, int step) {
    assertThat(firstDifference(steps(text, ""), steps("red cat", ""))).isEqualTo(step);
  }

  @Test
  void the_negative_prompt_changes_too() {
    assertThat(firstDifference(steps("a cat", "[red:blue:2]"), steps("a cat", "red"))).isEqualTo(3);
  }

  @Test
  void alternating_words_are_both_in_it() {
    List<Image> steps = steps("[red|blue] cat", "");

    assertThat(firstDifference(steps, steps("red cat", ""))).isEqualTo(2);
    assertThat(firstDifference(steps, steps("blue cat", ""))).isZero();
    assertThat(steps.getLast()).isNotIn(draw("red cat"), draw("blue cat"));
  }

  @Test
  void phrases_of_different_lengths_take_turns() {
    assertThat(draw("[a cat|a red cat on the hill on the hill a red cat] a blue hill"))
        .isNotEqualTo(draw("a cat a blue hill"));
  }

  @Test
  void the_shorter_of_both_prompts_is_read_in_as_many_chunks() {
    List<Progress> events = new ArrayList<>();

    model.generate(asked("a cat", "red BREAK red BREAK red"), events::add);

    assertThat(events.getFirst()).isEqualTo(new Progress.PromptEncoded(2, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a cat :0.5 AND a cat :0.5", "a cat AND a red hill :0"})
  void parts_that_add_up_to_a_phrase_draw_it(String composed) {
    assertAlmost(draw(composed), draw("a cat"));
  }

  @Test
  void parts_are_drawn_towards_together() {
    Image both = draw("a red cat AND a blue hill");

    assertThat(both).isNotIn(draw("a red cat"), draw("a blue hill"));
    assertAlmost(both, draw("a blue hill AND a red cat"));
  }

  @Test
  void a_part_of_negative_weight_pushes_away_without_guidance_too() {
    Guidance none = new Guidance.None();

    assertThat(draw(asked("a cat AND red :-0.5").withGuidance(none)))
        .isNotEqualTo(draw(asked("a cat").withGuidance(none)));
  }

  @Test
  void another_layer_of_the_encoder_gives_another_picture() {
    GenerationRequest request = asked("a cat");

    GeneratedImage skipped =
        model.generate(request.withReading(new PromptReading(PromptSyntax.A1111, 2))).getFirst();

    assertThat(skipped.image()).isNotEqualTo(draw(request));
    assertThat(skipped.recipe().clipSkip()).isEqualTo(2);
    assertThat(TextToImage.request(skipped.recipe()).reading().clipSkip()).isEqualTo(2);
  }

  @Test
  void a_model_of_two_text_encoders_reads_signs_with_both() {
    try (TextToImage xl = TextToImage.open(TinyModel.family("sdxl").folder(), Precision.FP32)) {
      GenerationRequest words = xl.request("a red cat", 11).withSize(16, 16).withSteps(3);
      List<Image> pictures =
          Stream.of(
                  words,
                  words.withPrompt(Prompt.of("a (red:1.5) cat")),
                  words.withPrompt(Prompt.of("a [red:blue:1] cat")),
                  words.withPrompt(Prompt.of("a red cat AND a hill")),
                  words.withPrompt(Prompt.of("a red BREAK cat")),
                  words.withReading(new PromptReading(PromptSyntax.A1111, 2)))
              .map(request -> xl.generate(request).getFirst().image())
              .toList();

      assertThat(pictures).doesNotHaveDuplicates();
      assertThat(xl.generate(words.withReading(PromptReading.literal())).getFirst().image())
          .isEqualTo(pictures.getFirst());
    }
  }

  @Test
  void what_was_drawn_before_changes_nothing() {
    String positive = "(a red cat:1.3) on the hill, a small blue cat on a hill";
    Image known = draw(positive);
    Image knownAgain = draw(positive);
    try (TextToImage fresh = TextToImage.open(TinyModel.original().folder(), Precision.FP32)) {
      Image unknown = fresh.generate(asked(positive)).getFirst().image();

      assertThat(known).isEqualTo(knownAgain).isEqualTo(unknown);
    }
  }

  @Test
  void networks_that_cannot_be_had_are_not_ignored() {
    List<Progress> events = new ArrayList<>();

    assertThatThrownBy(() -> model.generate(asked("a cat <lora:ink:0.8>"), events::add))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "the prompt asks for <lora:ink:0.8>, which was not applied to the model; apply it, or leave"
                + " it out");
    assertThat(events).isEmpty();
  }
}
