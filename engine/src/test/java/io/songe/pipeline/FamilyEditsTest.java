package io.songe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.TinyModel;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.sampler.Samplers;
import io.songe.format.SafetensorsFile;
import io.songe.image.Colour;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.Mask;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.Source;
import io.songe.pipeline.edit.Start;
import io.songe.text.Prompt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stable Diffusion 2 and XL draw from pictures. Golden: tools/golden/family_edits.py. */
class FamilyEditsTest {
  /** Of what the reference draws, in dB: rounding to levels alone leaves 59. */
  private static final double LEAST_PSNR = 50;

  private static final double STRENGTH = 0.6;
  private static final Image WHITE = Image.filled(48, 32, Colour.WHITE);

  private static Image draw(String family, Start start) {
    try (TextToImage model = TextToImage.open(TinyModel.family(family).folder(), Precision.FP32)) {
      GenerationRequest request =
          model
              .request("", 11)
              .withPrompt(new Prompt("a red cat on the small hill", "blue"))
              .withSize(48, 32)
              .withSteps(6)
              .withGuidance(new Guidance.ClassifierFree(7.5))
              .withSampler(Samplers.choose("euler", "model"))
              .from(start);
      return model.generate(request).getFirst().image();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd2", "sdxl"})
  void from_a_picture_a_family_draws_what_the_reference_draws(String family) {
    try (SafetensorsFile golden = TinyModel.familyEdits()) {
      Source picture = new Source("hill.png", EditGolden.picture(golden));

      Image drawn = draw(family, new Start.Picture(picture, Fit.STRETCH, STRENGTH));

      assertThat(EditGolden.psnr(drawn, EditGolden.decoded(golden, family), WHITE))
          .isGreaterThan(LEAST_PSNR);
      assertThat(EditGolden.psnr(drawn, picture.image(), WHITE)).isLessThan(30);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd2", "sdxl"})
  void under_a_mask_a_family_draws_what_the_reference_draws(String family) {
    try (SafetensorsFile golden = TinyModel.familyEdits()) {
      Source picture = new Source("hill.png", EditGolden.picture(golden));
      Source mask = new Source("mask.png", EditGolden.mask(golden));
      Masking masking =
          new Masking(
              mask,
              Mask.Convention.BRIGHT,
              false,
              0,
              MaskedContent.ORIGINAL,
              new Masking.Area.Whole());

      Image drawn = draw(family, new Start.Inpainted(picture, masking, Fit.STRETCH, STRENGTH));

      Image expected = EditGolden.decoded(golden, family + "-masked");
      assertThat(EditGolden.psnr(drawn, expected, mask.image())).isGreaterThan(LEAST_PSNR);
      assertThat(EditGolden.psnr(drawn, picture.image(), mask.image())).isLessThan(30);
    }
  }
}
