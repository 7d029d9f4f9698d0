package io.songe.server.a1111;

import static io.songe.server.a1111.WebUi.picture;
import static org.assertj.core.api.Assertions.assertThat;

import io.songe.drawing.Wish;
import io.songe.image.Colour;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.Margins;
import io.songe.image.Mask;
import io.songe.image.ParametersText;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.jobs.Job;
import io.songe.jobs.JobState;
import io.songe.jobs.Order;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Source;
import io.songe.pipeline.edit.Start;
import io.songe.pipeline.edit.Upscaler;
import io.songe.pipeline.edit.Variation;
import io.songe.tensor.Wrapping;
import io.songe.text.Prompt;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Pictures of the gallery, whatever door they came through, made again to the last bit from nothing
 * but the text that their files have under {@code parameters}.
 */
class RoundTripTest {
  @TempDir private static Path folder;
  private static WebUi webUi;

  @BeforeAll
  static void start() {
    webUi = new WebUi(folder);
  }

  @AfterAll
  static void stop() {
    webUi.close();
  }

  record Drawn(
      String prompt,
      String negative,
      String style,
      String sampler,
      String schedule,
      long seed,
      String syntax,
      Colour background,
      Edit edit) {
    static Drawn of(String prompt, long seed) {
      return new Drawn(prompt, "", "", "Euler a", "", seed, "a1111", Colour.TRANSPARENT, Edit.NONE);
    }

    Drawn negative(String other) {
      return new Drawn(prompt, other, style, sampler, schedule, seed, syntax, background, edit);
    }

    Drawn style(String other) {
      return new Drawn(prompt, negative, other, sampler, schedule, seed, syntax, background, edit);
    }

    Drawn sampler(String other, String levels) {
      return new Drawn(prompt, negative, style, other, levels, seed, syntax, background, edit);
    }

    Drawn syntax(String other) {
      return new Drawn(prompt, negative, style, sampler, schedule, seed, other, background, edit);
    }

    Drawn over(Colour colour) {
      return new Drawn(prompt, negative, style, sampler, schedule, seed, syntax, colour, edit);
    }

    Drawn edit(Edit other) {
      return new Drawn(prompt, negative, style, sampler, schedule, seed, syntax, background, other);
    }

    Wish wish() {
      return new Wish(
          "anna",
          Order.Door.PAGE,
          Optional.empty(),
          new Prompt(prompt, negative),
          style,
          Optional.of(64),
          Optional.of(72),
          Optional.of(2),
          Optional.of(4.3),
          Optional.of(0.35),
          Optional.of(sampler),
          Optional.of(schedule).filter(name -> !name.isEmpty()),
          Optional.of(seed),
          1,
          Optional.of(syntax),
          Optional.empty(),
          background,
          edit,
          Optional.empty(),
          false,
          true);
    }
  }

  static Stream<Named<Drawn>> pictures() {
    Drawn fox = Drawn.of("a fox", 7);
    return Stream.of(
        Named.of("a phrase", fox),
        Named.of("no phrase", Drawn.of("", 0)),
        Named.of("a negative prompt", fox.negative("blur,\n(text:1.2)")),
        Named.of(
            "lines, commas and colons",
            Drawn.of("un renard, \"roux\":\nSteps: 9, dans la forêt", 1)),
        Named.of("the greatest seed", Drawn.of("a fox", Long.MAX_VALUE - 1)),
        Named.of("a seed beyond what JavaScript counts", Drawn.of("a fox", (1L << 53) + 1)),
        Named.of("a style", Drawn.of("un renard", 5).style("3d")),
        Named.of("Karras' levels", fox.sampler("DPM++ 2M", "Karras")),
        Named.of("noise on the way", fox.sampler("DPM++ 2M SDE", "Exponential")),
        Named.of("Heun", fox.sampler("Heun", "Beta")),
        Named.of("DDIM", fox.sampler("DDIM", "Trailing")),
        Named.of("weights", Drawn.of("a (red:1.4) fox AND snow :0.5", 8)),
        Named.of("weights without norm", Drawn.of("a (red:1.4) fox", 8).syntax("plain")),
        Named.of("no grammar", Drawn.of("salt AND (pepper:1.5)", 8).syntax("literal")),
        Named.of("a background", fox.over(Colour.opaque(16, 32, 48))),
        Named.of("tiling", fox.edit(Edit.NONE.withTiling(Wrapping.XY))),
        Named.of("tiling in one direction", fox.edit(Edit.NONE.withTiling(Wrapping.Y))),
        Named.of("a variation", fox.edit(Edit.NONE.withVariation(new Variation(99, 0.35)))),
        Named.of(
            "a second pass",
            fox.edit(
                Edit.NONE.withSecondPass(
                    new SecondPass.Enlarged(96, 104, Upscaler.LANCZOS, 4, 0.55)))));
  }

  private static final Source HOUSE =
      new Source("house.png", Image.filled(64, 72, Colour.opaque(200, 90, 30)));
  private static final Source HALF =
      new Source(
          "mask.png",
          Mask.of(Image.filled(64, 72, Colour.WHITE), Mask.Convention.BRIGHT).toImage());

  /** Of which the text tells the other picture by its fingerprint. */
  static Stream<Named<Drawn>> edits() {
    Drawn fox = Drawn.of("a fox", 7);
    Masking around =
        new Masking(
            HALF,
            Mask.Convention.BRIGHT,
            false,
            3,
            MaskedContent.NOISE,
            new Masking.Area.AroundMask(7));
    Source small = Source.of(Image.filled(56, 64, Colour.opaque(20, 90, 30)));
    return Stream.of(
        Named.of("from a picture", start(fox, new Start.Picture(HOUSE, Fit.FILL, 0.6))),
        Named.of("in a mask", start(fox, new Start.Inpainted(HOUSE, around, Fit.CROP, 0.9))),
        Named.of("beyond", start(fox, new Start.Extended(small, new Margins(8, 0, 0, 8), 4, 1))),
        Named.of("enlarged", start(fox, new Start.Enlarged(small, Upscaler.BICUBIC, 0.7))));
  }

  private static Drawn start(Drawn drawn, Start start) {
    return drawn.edit(Edit.NONE.withStart(start));
  }

  @Test
  void a_picture_whose_start_is_not_here_is_refused_and_not_drawn_from_nothing() {
    Png stored = stored(start(Drawn.of("a fox", 1), new Start.Picture(HOUSE, Fit.FILL, 0.6)));
    String elsewhere = text(stored).replace(HOUSE.sha256(), "0".repeat(64));

    var answer =
        webUi.post(
            "/sdapi/v1/txt2img",
            WebUi.JSON.createObjectNode().put("infotext", elsewhere).toString());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("the picture was drawn from another one");
  }

  private static Png stored(Drawn drawn) {
    Job job = webUi.studio.submit(drawn.wish());
    WebUi.waitFor(() -> job(job).state().isOver());
    assertThat(job(job).state()).as(job(job).toString()).isEqualTo(JobState.FINISHED);
    String id = job(job).pictures().getFirst();
    return Png.read(webUi.studio.gallery().file("anna", id).orElseThrow(), PngLimits.DEFAULT);
  }

  private static Job job(Job job) {
    return webUi.studio.queue().find("anna", job.id()).orElseThrow();
  }

  private static JsonNode posted(String field, String text) {
    return webUi.draw(
        WebUi.JSON.createObjectNode().put(field, text).toString().replace("'", "\\u0027"));
  }

  private static String text(Png png) {
    return Objects.requireNonNull(png.texts().get(ParametersText.KEYWORD));
  }

  @ParameterizedTest
  @MethodSource({"pictures", "edits"})
  void a_picture_is_made_again_by_posting_its_text(Drawn drawn) {
    Png stored = stored(drawn);

    Png again = picture(posted("infotext", text(stored)), 0);

    assertThat(text(again)).isEqualTo(text(stored));
    assertThat(again.image()).isEqualTo(stored.image());
  }

  @Test
  void its_text_may_be_posted_as_the_prompt_too() {
    Png stored = stored(Drawn.of("un renard", 12).negative("flou").style("noto"));

    Png again = picture(posted("prompt", text(stored)), 0);

    assertThat(again.image()).isEqualTo(stored.image());
  }

  @Test
  void each_picture_of_several_is_made_again_alone() {
    JsonNode several =
        webUi.draw(
            "{'prompt': 'a fox', 'seed': 20, 'batch_size': 3, 'subseed': 4,"
                + " 'subseed_strength': 0.2, "
                + WebUi.SMALL
                + "}");
    Png third = picture(several, 2);

    Png again = picture(posted("infotext", text(third)), 0);

    assertThat(again.image()).isEqualTo(third.image());
  }
}
