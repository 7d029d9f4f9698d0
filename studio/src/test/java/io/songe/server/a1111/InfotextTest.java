package io.songe.server.a1111;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.drawing.Wish;
import io.songe.jobs.InputStore;
import io.songe.models.ModelShelf;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Upscaler;
import io.songe.pipeline.edit.Variation;
import io.songe.tensor.Wrapping;
import io.songe.text.syntax.PromptSyntax;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a picture's text says, as a request. */
class InfotextTest {
  private static final ModelList MODELS =
      new ModelList(new ModelShelf(Path.of("none")), ModelShelf.BUNDLED);

  private static final String FOREIGN =
      """
      a lighthouse, (storm:1.3)
      Negative prompt: blur,
      text
      Steps: 28, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: 965400086, \
      Size: 512x768, Model hash: 45dee52b11, Model: elsewhere, Clip skip: 2, RNG: NV, \
      Lora hashes: "a: 12, b: 34", Version: v1.10.1
      """;

  private static Wish wish(String text, String json) {
    Infotext infotext = Infotext.parse(text, MODELS);
    var given = RequestFields.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    return new WishReader(
            given.or(infotext.fields()),
            infotext,
            Settings.USUAL.with(infotext.settings(), MODELS),
            MODELS.usual(),
            new InputStore(Path.of("none")))
        .textToImage("anna");
  }

  @Test
  void another_programs_text_gives_what_is_not_said() {
    Wish wish = wish(FOREIGN, "{'steps': 5}");

    assertThat(wish.prompt().positive()).isEqualTo("a lighthouse, (storm:1.3)");
    assertThat(wish.prompt().negative()).isEqualTo("blur,\ntext");
    assertThat(wish.steps()).hasValue(5);
    assertThat(wish.sampler()).hasValue("DPM++ 2M");
    assertThat(wish.schedule()).hasValue("Karras");
    assertThat(wish.guidance()).hasValue(6.5);
    assertThat(wish.guidanceRescale()).hasValue(0.0);
    assertThat(wish.seed()).hasValue(965400086L);
    assertThat(wish.width()).hasValue(512);
    assertThat(wish.height()).hasValue(768);
    assertThat(wish.clipSkip()).hasValue(2);
    assertThat(wish.model()).hasValue("songe-mini");
  }

  @Test
  void a_text_of_songe_gives_its_edits_too() {
    Wish wish =
        wish(
            """
            un chat
            Steps: 3, Sampler: Euler, Schedule type: Model, CFG scale: 4, \
            Seed: 9223372036854775000, Size: 64x64, Model: songe-mini, Emphasis: None, \
            Variation seed: 5, Variation seed strength: 0.3, Denoising strength: 0.6, \
            Hires resize: 96x128, Hires steps: 4, Hires upscaler: Latent (bicubic), Tiling: True, \
            Tiling direction: x, Background: #102030, RNG: CPU, Version: Songe
            """,
            "{}");

    assertThat(wish.seed()).hasValue(9223372036854775000L);
    assertThat(wish.syntax()).hasValue(PromptSyntax.LITERAL.id());
    assertThat(wish.edit().variation()).isEqualTo(new Variation(5, 0.3));
    assertThat(wish.edit().secondPass())
        .isEqualTo(new SecondPass.Enlarged(96, 128, Upscaler.LATENT_BICUBIC, 4, 0.6));
    assertThat(wish.edit().tiling()).isEqualTo(Wrapping.X);
    assertThat(wish.background()).hasToString("#102030");
  }

  @Test
  void names_that_sites_make_up_are_passed_over() {
    Wish wish =
        wish("a cat\nSteps: 3, Sampler: Undefined, Schedule type: Karras, Clip skip: 0", "{}");

    assertThat(wish.sampler()).isEmpty();
    assertThat(wish.schedule()).isEmpty();
    assertThat(wish.clipSkip()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a cat", "Steps: 3, Seed: 5, Size: 64x64", ""})
  void what_is_not_the_whole_text_of_a_picture_stays_a_prompt(String prompt) {
    assertThat(Infotext.isWhole(prompt)).isFalse();
  }

  @Test
  void the_whole_text_of_a_picture_is_known_as_such() {
    assertThat(Infotext.isWhole(FOREIGN)).isTrue();
  }
}
