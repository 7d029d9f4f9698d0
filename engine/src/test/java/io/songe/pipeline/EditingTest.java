package io.songe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.TinyModel;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.InvalidRequestException;
import io.songe.format.SafetensorsFile;
import io.songe.image.Colour;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.Margins;
import io.songe.image.Mask;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Draws from pictures with a tiny model. The reference's are of tools/golden/editing.py. */
class EditingTest {
  /** Of what the reference draws, in dB: rounding to levels alone leaves 59. */
  private static final double LEAST_PSNR = 50;

  private static final Image WHITE = Image.filled(48, 32, Colour.WHITE);

  private static TextToImage model;
  private static SafetensorsFile golden;
  private static Source picture;
  private static Source mask;

  @BeforeAll
  static void open() {
    model = TextToImage.open(TinyModel.original().folder(), Precision.FP32);
    golden = TinyModel.golden("editing");
    picture = new Source("hill.png", EditGolden.picture(golden));
    mask = new Source("mask.png", EditGolden.mask(golden));
  }

  @AfterAll
  static void close() {
    model.close();
    golden.close();
  }

  private static GenerationRequest asked(String sampler) {
    return model
        .request("", 11)
        .withPrompt(new Prompt(described("prompt"), described("negative")))
        .withSize(48, 32)
        .withSteps(6)
        .withGuidance(new Guidance.ClassifierFree(7.5))
        .withSampler(Samplers.choose(sampler, "model"));
  }

  private static String described(String key) {
    return Objects.requireNonNull(golden.metadata().get(key), key);
  }

  private static Image draw(GenerationRequest request) {
    return model.generate(request).getFirst().image();
  }

  private static Masking hard() {
    return masking(0, MaskedContent.ORIGINAL, new Masking.Area.Whole());
  }

  private static Masking masking(int blur, MaskedContent content, Masking.Area area) {
    return new Masking(mask, Mask.Convention.BRIGHT, false, blur, content, area);
  }

  @ParameterizedTest
  @CsvSource({
    "ddim, 0.5",
    "ddim, 1.0",
    "euler, 0.5",
    "euler, 1.0",
    "heun, 0.5",
    "heun, 1.0",
    "dpmpp_2m, 0.5",
    "dpmpp_2m, 1.0"
  })
  void from_a_picture_it_draws_what_the_reference_draws(String sampler, double strength) {
    Image drawn = draw(asked(sampler).from(new Start.Picture(picture, Fit.STRETCH, strength)));

    assertThat(EditGolden.psnr(drawn, EditGolden.decoded(golden, sampler + "-" + strength), WHITE))
        .isGreaterThan(LEAST_PSNR);
  }

  @ParameterizedTest
  @CsvSource({
    "ddim, 0.5",
    "ddim, 1.0",
    "euler, 0.5",
    "euler, 1.0",
    "heun, 0.5",
    "heun, 1.0",
    "dpmpp_2m, 0.5",
    "dpmpp_2m, 1.0"
  })
  void under_a_mask_it_draws_what_the_reference_draws(String sampler, double strength) {
    Image drawn =
        draw(asked(sampler).from(new Start.Inpainted(picture, hard(), Fit.STRETCH, strength)));

    Image expected = EditGolden.decoded(golden, sampler + "-" + strength + "-masked");
    assertThat(EditGolden.psnr(drawn, expected, mask.image())).isGreaterThan(LEAST_PSNR);
    assertThat(EditGolden.psnr(drawn, picture.image(), mask.image())).isLessThan(30);
  }

  @ParameterizedTest
  @CsvSource({"0.5", "1.0"})
  void a_model_that_is_shown_the_mask_draws_what_the_reference_draws(double strength) {
    Start start = new Start.Inpainted(picture, hard(), Fit.STRETCH, strength);

    Image drawn;
    try (TextToImage shown =
        TextToImage.open(TinyModel.family("sd1-inpaint").folder(), Precision.FP32)) {
      drawn = shown.generate(asked("euler").from(start)).getFirst().image();
    }

    Image expected = EditGolden.decoded(golden, "shown-" + strength);
    assertThat(EditGolden.psnr(drawn, expected, mask.image())).isGreaterThan(LEAST_PSNR);
    assertThat(EditGolden.psnr(drawn, picture.image(), mask.image())).isLessThan(30);
  }

  @ParameterizedTest
  @EnumSource(MaskedContent.class)
  void outside_of_the_mask_every_pixel_stays(MaskedContent content) {
    Masking masking = masking(0, content, new Masking.Area.Whole());

    Image drawn =
        draw(asked("euler").from(new Start.Inpainted(picture, masking, Fit.STRETCH, 0.8)));

    assertSameOutside(mask.image(), drawn);
  }

  private static void assertSameOutside(Image painted, Image drawn) {
    Image kept = Mask.of(painted, Mask.Convention.BRIGHT).inverted().toImage();
    assertThat(EditGolden.psnr(drawn, picture.image(), kept)).isInfinite();
    assertThat(EditGolden.psnr(drawn, picture.image(), painted)).isLessThan(40);
  }

  @Test
  void what_the_masked_part_begins_with_shows() {
    List<Image> pictures = new ArrayList<>();
    for (MaskedContent content : MaskedContent.values()) {
      Masking masking = masking(0, content, new Masking.Area.Whole());
      pictures.add(
          draw(asked("euler").from(new Start.Inpainted(picture, masking, Fit.STRETCH, 0.5))));
    }

    assertThat(pictures).doesNotHaveDuplicates();
  }

  @Test
  void an_inverted_mask_draws_the_other_part() {
    Masking other =
        new Masking(
            mask,
            Mask.Convention.BRIGHT,
            true,
            0,
            MaskedContent.ORIGINAL,
            new Masking.Area.Whole());

    Image drawn = draw(asked("euler").from(new Start.Inpainted(picture, other, Fit.STRETCH, 1)));

    assertSameOutside(Mask.of(mask.image(), Mask.Convention.BRIGHT).inverted().toImage(), drawn);
  }

  @Test
  void around_the_mask_alone_a_picture_of_any_size_is_drawn_in() {
    Image large = picture.image().resize(101, 67, io.songe.image.Resampling.BILINEAR);
    Image largeMask = mask.image().resize(101, 67, io.songe.image.Resampling.NEAREST);
    Masking masking =
        new Masking(
            Source.of(largeMask),
            Mask.Convention.BRIGHT,
            false,
            0,
            MaskedContent.ORIGINAL,
            new Masking.Area.AroundMask(4));

    Image drawn =
        draw(
            asked("euler")
                .withSize(32, 32)
                .from(new Start.Inpainted(Source.of(large), masking, Fit.STRETCH, 0.8)));

    assertThat(drawn.width()).isEqualTo(101);
    Image kept = Mask.of(largeMask, Mask.Convention.BRIGHT).inverted().toImage();
    assertThat(EditGolden.psnr(drawn, large, kept)).isInfinite();
    assertThat(EditGolden.psnr(drawn, large, largeMask)).isLessThan(40);
  }

  @Test
  void beyond_its_edges_a_picture_goes_on_and_itself_stays() {
    Margins margins = new Margins(8, 16, 0, 8);
    Image drawn =
        draw(asked("euler").withSize(72, 40).from(new Start.Extended(picture, margins, 4, 0.9)));

    Image inside = drawn.crop(8, 0, 48, 32);
    assertThat(inside.crop(4, 0, 40, 28)).isEqualTo(picture.image().crop(4, 0, 40, 28));
    assertThat(inside).isNotEqualTo(picture.image());
  }

  @Test
  void margins_that_do_not_give_the_requests_size_are_refused() {
    Start start = new Start.Extended(picture, new Margins(8, 0, 0, 0), 4, 0.9);

    assertThatThrownBy(() -> asked("euler").from(start))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "with its margins the picture is 56x32, and 48x32 was asked for; ask for 56x32");
  }

  @ParameterizedTest
  @CsvSource({"X, x", "Y, y", "XY, xy"})
  void seamless_pictures_are_the_references_with_circular_padding(
      Wrapping directions, String name) {
    Image drawn = draw(asked("ddim").withSize(64, 32).withTiling(directions));

    Image expected = EditGolden.decoded(golden, "tiled-" + name);
    assertThat(EditGolden.psnr(drawn, expected, Image.filled(64, 32, Colour.WHITE)))
        .isGreaterThan(LEAST_PSNR);
  }

  @ParameterizedTest
  @EnumSource(Upscaler.class)
  void a_second_pass_has_its_size_and_its_steps(Upscaler upscaler) {
    List<String> steps = new ArrayList<>();

    Image drawn =
        model
            .generate(
                asked("ddim")
                    .withSteps(2)
                    .withSecondPass(new SecondPass.Enlarged(96, 56, upscaler, 4, 0.5)),
                progress -> {
                  if (progress instanceof Progress.Denoised step) {
                    steps.add(step.step() + " of " + step.steps());
                  }
                })
            .getFirst()
            .image();

    assertThat(drawn.width()).isEqualTo(96);
    assertThat(drawn.height()).isEqualTo(56);
    assertThat(steps).containsExactly("1 of 4", "2 of 4", "3 of 4", "4 of 4");
  }

  @Test
  void a_second_pass_of_pixels_is_image_to_image_of_the_first() {
    GenerationRequest small = asked("ddim").withSteps(2);
    Source first = Source.of(draw(small));

    Image twice =
        draw(small.withSecondPass(new SecondPass.Enlarged(96, 64, Upscaler.LANCZOS, 4, 0.5)));

    assertThat(twice)
        .isEqualTo(
            draw(
                small
                    .withSize(96, 64)
                    .withSteps(4)
                    .from(new Start.Enlarged(first, Upscaler.LANCZOS, 0.5))));
  }

  @Test
  void a_variation_of_strength_1_is_the_other_seeds_picture() {
    GenerationRequest request = asked("ddim").withSteps(2);

    Image varied = draw(request.withVariation(new Variation(77, 1)));

    assertThat(EditGolden.psnr(varied, draw(request.withSeed(77)), WHITE))
        .isGreaterThan(LEAST_PSNR);
  }

  @Test
  void a_weak_variation_is_nearer_to_the_seeds_picture_than_a_strong_one() {
    GenerationRequest request = asked("ddim").withSteps(2);
    Image own = draw(request);

    double weak = EditGolden.psnr(own, draw(request.withVariation(new Variation(77, 0.05))), WHITE);
    double strong =
        EditGolden.psnr(own, draw(request.withVariation(new Variation(77, 0.6))), WHITE);

    assertThat(weak).isGreaterThan(strong + 3);
  }

  @Test
  void several_variations_share_the_seed_and_each_can_be_made_alone() {
    GenerationRequest request =
        asked("ddim").withSteps(2).withVariation(new Variation(77, 0.4)).withCount(2);

    List<GeneratedImage> pictures = model.generate(request);

    assertThat(pictures).extracting(each -> each.recipe().seed()).containsExactly(11L, 11L);
    GeneratedImage second = pictures.get(1);
    assertThat(model.generate(TextToImage.request(second.recipe())).getFirst()).isEqualTo(second);
    assertThat(second.image()).isNotEqualTo(pictures.get(0).image());
  }

  @Test
  void a_strength_that_leaves_no_step_is_refused_before_any_work() {
    List<Progress> events = new ArrayList<>();

    assertThatThrownBy(() ->
            model.generate(
                asked("ddim").from(new Start.Picture(picture, Fit.STRETCH, 0.1)), events::add))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("a denoising strength of 0.1 leaves none of 6 steps");
    assertThat(events).isEmpty();
  }

  @Test
  void a_start_picture_and_a_second_pass_do_not_go_together() {
    Edit edit = Edit.NONE.withStart(new Start.Picture(picture, Fit.STRETCH, 0.5));

    assertThatThrownBy(
            () -> edit.withSecondPass(new SecondPass.Enlarged(96, 64, Upscaler.LATENT, 6, 0.5)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("a second pass enlarges what was drawn from noise");
  }
}
