package io.songe.server.a1111;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.drawing.Wish;
import io.songe.image.Colour;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.jobs.InputStore;
import io.songe.jobs.Order;
import io.songe.models.ModelShelf;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Start;
import io.songe.pipeline.edit.Upscaler;
import io.songe.pipeline.edit.Variation;
import io.songe.server.HttpFailure;
import io.songe.tensor.Wrapping;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests ask for, without drawing it. */
class WishReaderTest {
  private static final ModelList MODELS =
      new ModelList(new ModelShelf(Path.of("none")), ModelShelf.BUNDLED);

  private static WishReader reader(String json) {
    return new WishReader(
        RequestFields.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
        Infotext.NONE,
        Settings.USUAL,
        MODELS.usual(),
        new InputStore(Path.of("none")));
  }

  private static Wish drawn(String json) {
    return reader(json).textToImage("anna");
  }

  private static Wish edited(String json) {
    String picture = base64(Image.filled(64, 128, Colour.WHITE));
    return reader(json.replace("PICTURE", picture)).imageToImage("anna");
  }

  private static String base64(Image image) {
    return Base64.getEncoder().encodeToString(new Png(image).encode());
  }

  @Test
  void what_is_not_said_is_left_to_the_model() {
    Wish wish = drawn("{'prompt': 'a cat', 'negative_prompt': null}");

    assertThat(wish.owner()).isEqualTo("anna");
    assertThat(wish.door()).isEqualTo(Order.Door.A1111);
    assertThat(wish.prompt().positive()).isEqualTo("a cat");
    assertThat(wish.width()).isEmpty();
    assertThat(wish.steps()).isEmpty();
    assertThat(wish.guidance()).isEmpty();
    assertThat(wish.sampler()).isEmpty();
    assertThat(wish.seed()).isEmpty();
    assertThat(wish.count()).isEqualTo(1);
    assertThat(wish.kept()).isTrue();
  }

  @Test
  void what_is_said_is_followed() {
    Wish wish =
        drawn(
            """
            {'prompt': 'a cat', 'negative_prompt': 'blur', 'seed': 7, 'steps': '12', 'width': 96,
             'height': 64, 'cfg_scale': 5.5, 'guidance_rescale': 0.3, 'sampler_name': 'DPM++ 2M Karras',
             'batch_size': 2,
             'n_iter': 3, 'tiling': true, 'styles': ['3d'], 'save_images': false}
            """);

    assertThat(wish.prompt().negative()).isEqualTo("blur");
    assertThat(wish.seed()).hasValue(7L);
    assertThat(wish.steps()).hasValue(12);
    assertThat(wish.width()).hasValue(96);
    assertThat(wish.height()).hasValue(64);
    assertThat(wish.guidance()).hasValue(5.5);
    assertThat(wish.guidanceRescale()).hasValue(0.3);
    assertThat(wish.sampler()).hasValue("DPM++ 2M Karras");
    assertThat(wish.count()).isEqualTo(6);
    assertThat(wish.edit().tiling()).isEqualTo(Wrapping.XY);
    assertThat(wish.style()).isEqualTo("3d");
    assertThat(wish.kept()).isFalse();
  }

  @Test
  void of_several_styles_the_last_is_the_orders_and_the_others_are_in_the_words() {
    Wish wish = drawn("{'prompt': 'a cat', 'styles': ['noto', '3d']}");

    assertThat(wish.prompt().positive()).isEqualTo("a cat, noto style");
    assertThat(wish.style()).isEqualTo("3d");
  }

  @Test
  void the_old_name_of_the_sampler_counts_where_the_new_one_is_empty() {
    assertThat(drawn("{'sampler_index': 'Heun', 'sampler_name': ''}").sampler()).hasValue("Heun");
  }

  @Test
  void a_subseed_is_a_variation_where_it_has_a_strength() {
    Variation none = drawn("{'subseed': 9}").edit().variation();
    Variation some = drawn("{'subseed': 9, 'subseed_strength': 0.25}").edit().variation();
    Variation random = drawn("{'subseed_strength': 0.25}").edit().variation();

    assertThat(none).isEqualTo(Variation.NONE);
    assertThat(some).isEqualTo(new Variation(9, 0.25));
    assertThat(random.seed()).isNotNegative();
  }

  @ParameterizedTest
  @CsvSource({
    "{'enable_hr': true}, 512, 512",
    "{'enable_hr': true; 'hr_scale': 1.5; 'width': 64; 'height': 72}, 96, 104",
    "{'enable_hr': true; 'hr_resize_x': 192; 'width': 96; 'height': 64}, 192, 128",
    "{'enable_hr': true; 'hr_resize_x': 128; 'hr_resize_y': 192}, 128, 192",
  })
  void a_second_pass_has_the_size_that_was_asked_for(String json, int width, int height) {
    SecondPass pass = drawn(json.replace(';', ',')).edit().secondPass();

    assertThat(pass)
        .isInstanceOfSatisfying(
            SecondPass.Enlarged.class,
            enlarged -> {
              assertThat(enlarged.width()).isEqualTo(width);
              assertThat(enlarged.height()).isEqualTo(height);
              assertThat(enlarged.upscaler()).isEqualTo(Upscaler.LATENT);
            });
  }

  @Test
  void a_start_picture_is_drawn_with_the_web_uis_strength() {
    Wish wish = edited("{'init_images': ['data:image/png;base64,PICTURE']}");

    assertThat(wish.width()).isEmpty();
    assertThat(wish.edit().start())
        .isInstanceOfSatisfying(
            Start.Picture.class,
            start -> {
              assertThat(start.strength()).isEqualTo(0.75);
              assertThat(start.fit()).isEqualTo(Fit.STRETCH);
            });
  }

  @Test
  void a_mask_is_read_with_the_web_uis_defaults() {
    Wish wish = edited("{'init_images': ['PICTURE'], 'mask': 'PICTURE', 'resize_mode': 1}");

    assertThat(wish.width()).isEmpty();
    assertThat(wish.edit().start())
        .isInstanceOfSatisfying(
            Start.Inpainted.class,
            start -> {
              Masking masking = start.masking();
              assertThat(start.fit()).isEqualTo(Fit.CROP);
              assertThat(masking.blur()).isEqualTo(4);
              assertThat(masking.content()).isEqualTo(MaskedContent.FILL);
              assertThat(masking.area()).isEqualTo(new Masking.Area.AroundMask(0));
              assertThat(masking.inverted()).isFalse();
            });
  }

  @Test
  void without_a_picture_the_web_uis_own_words_are_said() {
    assertThatThrownBy(() -> edited("{'prompt': 'a cat'}"))
        .isInstanceOfSatisfying(
            HttpFailure.class, failed -> assertThat(failed.failure().status()).isEqualTo(404))
        .hasMessage("Init image not found");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "steps, 0",
        "steps, 'many'",
        "steps, 2.5",
        "steps, 1e99999999",
        "steps, [20]",
        "width, -64",
        "height, 100000",
        "seed, -2",
        "seed, 99999999999999999999",
        "cfg_scale, 1000",
        "cfg_scale, true",
        "prompt, 7",
        "negative_prompt, {}",
        "styles, '3d'",
        "styles, ['nothing like it']",
        "batch_size, 0",
        "n_iter, 101",
        "subseed_strength, 2",
        "tiling, 'perhaps'",
        "restore_faces, true",
        "alwayson_scripts, []",
        "script_name, 'X/Y/Z plot'",
        "s_churn, 1",
        "seed_resize_from_w, 512",
        "firstpass_image, 'x'",
      })
  void a_field_that_cannot_be_followed_is_named(String field, String value) {
    String json = "{'%s': %s}".formatted(field, value);

    assertThatThrownBy(() -> drawn(json))
        .isInstanceOfSatisfying(
            HttpFailure.class,
            failed -> {
              assertThat(failed.failure().status()).isEqualTo(422);
              assertThat(failed.failure().parameter()).isEqualTo(Optional.of(field));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'alwayson_scripts': {'ControlNet': {'args': []}}}",
        "{'alwayson_scripts': {'controlnet': {'args': [{'enabled': false, 'image': 'x'}]}}}",
        "{'eta': 1.0, 's_noise': 1, 's_churn': 0, 's_tmax': 0, 'sampler_name': 'Euler a'}",
        "{'eta': 0.5, 'sampler_name': 'DPM++ 2M'}",
        "{'restore_faces': false, 'script_name': null, 'refiner_checkpoint': '', 'unheard': 1}",
        "{'seed_resize_from_w': 0, 'image_cfg_scale': 1.5, 'hr_upscaler': 'Latent (nearist)'}",
        "{'disable_extra_networks': true, 'prompt': 'a cat'}",
      })
  void fields_that_would_change_nothing_are_taken(String json) {
    assertThat(drawn(json).count()).isEqualTo(1);
  }

  @Test
  void a_sampler_that_is_not_here_is_told_as_other_servers_do() {
    assertThatThrownBy(() -> drawn("{'sampler_name': 'Eular'}"))
        .isInstanceOfSatisfying(
            HttpFailure.class, failed -> assertThat(failed.failure().status()).isEqualTo(400))
        .hasMessageStartingWith("Sampler not found: ")
        .hasMessageContaining("did you mean Euler");
  }
}
