package io.songe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.TinyModel;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.Margins;
import io.songe.image.Mask;
import io.songe.image.ParametersText;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.image.SourceMark;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Source;
import io.songe.pipeline.edit.Start;
import io.songe.pipeline.edit.Upscaler;
import io.songe.pipeline.edit.Variation;
import io.songe.tensor.Wrapping;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EditRecipeTest {
  private static final Source PICTURE =
      new Source("house.png", Image.filled(24, 16, Colour.opaque(200, 90, 30)));
  private static final Source MASK = new Source("mask.png", Image.filled(24, 16, Colour.WHITE));
  private static final PictureFinder BOTH =
      wanted ->
          Objects.requireNonNull(
              Map.of("house.png", PICTURE.image(), "mask.png", MASK.image()).get(wanted.file()));

  private static TextToImage model;

  @BeforeAll
  static void open() {
    model = TextToImage.open(TinyModel.original().folder(), Precision.FP32);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  static Stream<Edit> edits() {
    Edit none = Edit.NONE;
    Masking masking =
        new Masking(
            MASK,
            Mask.Convention.BRIGHT,
            false,
            3,
            MaskedContent.NOISE,
            new Masking.Area.AroundMask(7));
    return Stream.of(
        none.withStart(new Start.Picture(PICTURE, Fit.FILL, 0.7)),
        none.withStart(new Start.Enlarged(PICTURE, Upscaler.LATENT_BICUBIC, 0.7)),
        none.withStart(new Start.Inpainted(PICTURE, Masking.of(MASK), Fit.CROP, 1)),
        none.withStart(new Start.Inpainted(PICTURE, masking, Fit.CROP, 0.9)),
        none.withStart(new Start.Extended(PICTURE, new Margins(8, 0, 0, 16), 5, 0.8)),
        none.withTiling(Wrapping.XY).withVariation(new Variation(9, 0.25)),
        none.withSecondPass(new SecondPass.Enlarged(48, 40, Upscaler.LANCZOS, 3, 0.5)));
  }

  private static GenerationRequest request(Edit edit) {
    return model
        .request("a cat", 5)
        .withSteps(3)
        .withSize(
            edit.start() instanceof Start.Extended ? 32 : 24,
            edit.start() instanceof Start.Extended ? 32 : 16)
        .withEdit(edit);
  }

  private static GeneratedImage draw(Edit edit) {
    return model.generate(request(edit)).getFirst();
  }

  @ParameterizedTest
  @MethodSource("edits")
  void a_png_says_all_that_makes_it_again(Edit edit) {
    GeneratedImage made = draw(edit);

    Png read = Png.decode(made.toPng().encode(), "made.png", PngLimits.DEFAULT);
    Recipe recipe = Recipe.of(read.texts()).orElseThrow();
    GenerationRequest again = TextToImage.request(recipe, BOTH);

    assertThat(again.edit()).isEqualTo(edit);
    assertThat(model.generate(again).getFirst()).isEqualTo(made);
  }

  @Test
  void drawn_from_noise_alone_a_recipe_does_not_speak_of_edits() {
    Recipe recipe = draw(Edit.NONE).recipe();

    assertThat(recipe.edit()).isEmpty();
    assertThat(recipe.toJson()).doesNotContain("edit");
    assertThat(Recipe.fromJson(recipe.toJson())).isEqualTo(recipe);
  }

  @Test
  void a_picture_drawn_from_another_is_marked_as_composite() {
    Edit edit = Edit.NONE.withStart(new Start.Picture(PICTURE, Fit.CROP, 0.7));

    assertThat(SourceMark.COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA.isIn(draw(edit).toPng().texts()))
        .isTrue();
    assertThat(SourceMark.TRAINED_ALGORITHMIC_MEDIA.isIn(draw(Edit.NONE).toPng().texts())).isTrue();
  }

  @Test
  void without_its_start_picture_it_cannot_be_asked_for_again() {
    Recipe recipe = draw(Edit.NONE.withStart(new Start.Picture(PICTURE, Fit.CROP, 0.7))).recipe();

    assertThatThrownBy(() -> TextToImage.request(recipe))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "the picture was drawn from another, house.png, which is needed to draw it again");
  }

  @Test
  void another_start_picture_is_refused() {
    Recipe recipe = draw(Edit.NONE.withStart(new Start.Picture(PICTURE, Fit.CROP, 0.7))).recipe();
    Image other = Image.filled(24, 16, Colour.opaque(200, 90, 31));

    assertThatThrownBy(() -> TextToImage.request(recipe, _ -> other))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "house.png is not the picture that was drawn from: its pixels have the SHA-256 "
                + Source.of(other).sha256()
                + ", not "
                + PICTURE.sha256());
  }

  @Test
  void a_fingerprint_is_of_the_size_too() {
    Source wide = Source.of(Image.filled(4, 1, Colour.BLACK));
    Source high = Source.of(Image.filled(1, 4, Colour.BLACK));

    assertThat(wide.sha256()).hasSize(64).isNotEqualTo(high.sha256());
  }

  @Test
  void an_unknown_name_in_a_recipe_is_told() {
    String json = draw(Edit.NONE.withTiling(Wrapping.X)).recipe().toJson();
    Recipe odd = Recipe.fromJson(json.replace("\"tiling\":\"x\"", "\"tiling\":\"z\""));

    assertThatThrownBy(() -> TextToImage.request(odd))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("unknown wrapping \"z\"; known are none, x, y, xy");
  }

  @Test
  void a_garbled_edit_is_refused() {
    String json = draw(Edit.NONE.withTiling(Wrapping.X)).recipe().toJson();

    assertThatThrownBy(() -> Recipe.fromJson(json.replace("\"tiling\":\"x\"", "\"tiling\":[]")))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("the recipe in this picture cannot be understood: ");
    assertThatThrownBy(
            () -> Recipe.fromJson(json.replace("\"tiling\":\"x\"", "\"tiling\":\"x\",\"more\":1")))
        .isInstanceOf(BrokenFileException.class);
  }

  @Test
  void other_programs_read_it_in_their_words() {
    Masking masking =
        new Masking(
            MASK,
            Mask.Convention.BRIGHT,
            false,
            3,
            MaskedContent.NOISE,
            new Masking.Area.AroundMask(7));
    ParametersText inpainted =
        parameters(Edit.NONE.withStart(new Start.Inpainted(PICTURE, masking, Fit.CROP, 0.9)));
    ParametersText composed =
        parameters(
            Edit.NONE
                .withTiling(Wrapping.XY)
                .withVariation(new Variation(9, 0.25))
                .withSecondPass(new SecondPass.Enlarged(48, 40, Upscaler.LATENT, 3, 0.5)));

    assertThat(inpainted.value("Denoising strength")).hasValue("0.9");
    assertThat(inpainted.value("Init image hash")).hasValue(PICTURE.sha256());
    assertThat(inpainted.value("Mask hash")).hasValue(MASK.sha256());
    assertThat(inpainted.value("Resize mode")).hasValue("Crop and resize");
    assertThat(inpainted.value("Mask blur")).hasValue("3");
    assertThat(inpainted.value("Inpaint area")).hasValue("Only masked");
    assertThat(inpainted.value("Masked area padding")).hasValue("7");
    assertThat(inpainted.value("Masked content")).hasValue("latent noise");
    assertThat(composed.value("Tiling")).hasValue("True");
    assertThat(composed.value("Variation seed")).hasValue("9");
    assertThat(composed.value("Variation seed strength")).hasValue("0.25");
    assertThat(composed.value("Denoising strength")).hasValue("0.5");
    assertThat(composed.value("Hires resize")).isEqualTo(Optional.of("48x40"));
    assertThat(composed.value("Hires steps")).hasValue("3");
    assertThat(composed.value("Hires upscaler")).hasValue("Latent");
  }

  @Test
  void in_the_words_of_other_programs_an_extension_tells_its_margins() {
    ParametersText extended =
        parameters(
            Edit.NONE.withStart(new Start.Extended(PICTURE, new Margins(8, 0, 0, 16), 4, 1)));

    assertThat(extended.value("Extended by")).hasValue("8 0 0 16");
    assertThat(extended.value("Seam")).hasValue("4");
  }

  @Test
  void in_the_words_of_other_programs_tiling_in_one_direction_tells_which() {
    ParametersText tiled = parameters(Edit.NONE.withTiling(Wrapping.X));

    assertThat(tiled.value("Tiling")).hasValue("True");
    assertThat(tiled.value("Tiling direction")).hasValue("x");
  }

  private static ParametersText parameters(Edit edit) {
    return ParametersText.parse(
        Objects.requireNonNull(draw(edit).toPng().texts().get(ParametersText.KEYWORD)));
  }
}
