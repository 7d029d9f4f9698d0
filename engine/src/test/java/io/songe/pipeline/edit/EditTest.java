package io.songe.pipeline.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.Margins;
import io.songe.image.Mask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EditTest {
  private static final Source PICTURE = Source.of(Image.filled(24, 16, Colour.BLACK));
  private static final Source WHITE = Source.of(Image.filled(24, 16, Colour.WHITE));

  private static void assertRefused(ThrowingCallable made, String message) {
    assertThatThrownBy(made).isInstanceOf(InvalidRequestException.class).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
  void a_strength_out_of_its_range_is_refused_wherever_there_is_one(double strength) {
    String message = "the denoising strength must be above 0 and at most 1, got " + strength;

    assertRefused(() -> new Start.Picture(PICTURE, Fit.CROP, strength), message);
    assertRefused(() -> new Start.Enlarged(PICTURE, Upscaler.LATENT, strength), message);
    assertRefused(
        () -> new Start.Inpainted(PICTURE, Masking.of(WHITE), Fit.CROP, strength), message);
    assertRefused(() -> new Start.Extended(PICTURE, new Margins(8, 0, 0, 0), 4, strength), message);
    assertRefused(() -> new SecondPass.Enlarged(48, 32, Upscaler.LATENT, 9, strength), message);
  }

  @Test
  void a_mask_of_another_size_is_refused() {
    Masking other = Masking.of(Source.of(Image.filled(25, 16, Colour.WHITE)));

    assertRefused(
        () -> new Start.Inpainted(PICTURE, other, Fit.CROP, 0.5),
        "a mask has the size of its picture: the picture is 24x16, the mask 25x16");
  }

  @ParameterizedTest
  @CsvSource({
    "BRIGHT, false, '#000000', white", "BRIGHT, true, '#ffffff', black",
    "TRANSPARENT, false, '#000000', transparent", "TRANSPARENT, true, '#00000000', opaque"
  })
  void a_mask_that_keeps_everything_is_refused(
      Mask.Convention convention, boolean inverted, String colour, String painted) {
    Source mask = Source.of(Image.filled(24, 16, Colour.parse(colour)));

    assertRefused(
        () ->
            new Masking(
                mask, convention, inverted, 0, MaskedContent.ORIGINAL, new Masking.Area.Whole()),
        "the mask leaves nothing to draw: what is " + painted + " in it is drawn anew");
  }

  @Test
  void other_numbers_out_of_their_ranges_are_refused() {
    assertRefused(
        () ->
            new Masking(
                WHITE,
                Mask.Convention.BRIGHT,
                false,
                65,
                MaskedContent.ORIGINAL,
                new Masking.Area.Whole()),
        "the blur of a mask must be from 0 to 64 pixels, got 65");
    assertRefused(
        () -> new Masking.Area.AroundMask(-1),
        "the padding around a mask must be 0 pixels or more, got -1");
    assertRefused(
        () -> new Start.Extended(PICTURE, new Margins(8, 0, 0, 0), 257, 0.5),
        "the seam must be from 0 to 256 pixels, got 257");
    assertRefused(
        () -> new Variation(1, 1.5), "the strength of a variation must be from 0 to 1, got 1.5");
    assertRefused(
        () -> new SecondPass.Enlarged(48, 32, Upscaler.LATENT, 0, 0.5),
        "the number of steps of the second pass must be from 1 to 1000, got 0");
  }

  @Test
  void latents_of_an_odd_picture_cannot_be_enlarged() {
    Source odd = Source.of(Image.filled(25, 16, Colour.WHITE));

    assertRefused(
        () -> new Start.Enlarged(odd, Upscaler.LATENT, 0.5),
        "to enlarge latents, the picture's sides must be multiples of 8, got 25x16; take lanczos");
    assertThat(new Start.Enlarged(odd, Upscaler.LANCZOS, 0.5).strength()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @EnumSource(Upscaler.class)
  void an_upscaler_is_found_by_its_id_and_by_its_label(Upscaler upscaler) {
    assertThat(Upscaler.named(upscaler.id())).isSameAs(upscaler);
    assertThat(Upscaler.named(" " + upscaler.label())).isSameAs(upscaler);
  }

  @Test
  void an_unknown_name_lists_the_known_ones() {
    assertThatThrownBy(() -> Upscaler.named("esrgan"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "unknown way to enlarge \"esrgan\"; known are latent, latent-antialiased,"
                + " latent-bicubic, latent-bicubic-antialiased, latent-nearest,"
                + " latent-nearest-exact, nearest, bilinear, bicubic, lanczos");
    assertRefused(
        () -> MaskedContent.named("holes"),
        "unknown masked content \"holes\"; known are original, fill, noise, nothing");
  }
}
