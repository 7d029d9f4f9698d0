package io.songe.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.SamplerRow;
import io.songe.error.BrokenFileException;
import io.songe.foreign.Remark.BegunWithPicture;
import io.songe.foreign.Remark.Unused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignRecipeTest {
  private static final String SIGNS = "[]{}\"-9\\,:";

  private static ForeignRecipe read(String keyword, String text) {
    return ForeignRecipe.of(Map.of(keyword, text)).orElseThrow();
  }

  private static ForeignRecipe web(String lastLine) {
    return read("parameters", "a <lora:ink:0.8> cat\nNegative prompt: blur\n" + lastLine);
  }

  @Test
  void what_the_web_ui_writes_is_understood() {
    ForeignRecipe recipe =
        web(
            "Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7.5, Seed: 4294967295,"
                + " Size: 512x768, Model hash: 45dee52b11, Model: small, Clip skip: 2, RNG: CPU,"
                + " Version: v1.10.1");

    assertThat(recipe.program()).isEqualTo(Program.A1111);
    assertThat(recipe.madeBy()).isEqualTo("A1111 v1.10.1");
    assertThat(recipe.prompt()).isEqualTo("a <lora:ink:0.8> cat");
    assertThat(recipe.words()).isEqualTo("a  cat");
    assertThat(recipe.negativePrompt()).isEqualTo("blur");
    assertThat(recipe.seed()).isEqualTo(OptionalLong.of(4294967295L));
    assertThat(recipe.steps()).isEqualTo(OptionalInt.of(20));
    assertThat(recipe.guidance()).isEqualTo(OptionalDouble.of(7.5));
    assertThat(recipe.sampler()).contains("DPM++ 2M");
    assertThat(recipe.schedule()).contains("Karras");
    assertThat(recipe.size()).contains(new PictureSize(512, 768));
    assertThat(recipe.model()).contains("small");
    assertThat(recipe.modelHash()).contains("45dee52b11");
    assertThat(recipe.clipSkip()).isEqualTo(OptionalInt.of(2));
    assertThat(recipe.noise()).isEqualTo(Noise.PROCESSOR);
    assertThat(recipe.remarks()).containsExactly(new Unused("prompt", "<lora:ink:0.8>"));
  }

  @Test
  void what_is_not_known_becomes_a_remark() {
    ForeignRecipe recipe =
        web("Steps: many, CFG scale: NaN, Seed: -1, Size: big, Hires upscale: 2, RNG: Dice");

    assertThat(recipe.steps()).isEmpty();
    assertThat(recipe.guidance()).isEmpty();
    assertThat(recipe.seed()).isEmpty();
    assertThat(recipe.size()).isEmpty();
    assertThat(recipe.noise()).isEqualTo(Noise.UNKNOWN);
    assertThat(recipe.remarks())
        .containsExactly(
            new Unused("Steps", "many"),
            new Unused("CFG scale", "NaN"),
            new Unused("Seed", "-1"),
            new Unused("Size", "big"),
            new Unused("Hires upscale", "2"),
            new Unused("RNG", "Dice"),
            new Unused("prompt", "<lora:ink:0.8>"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999999999999", "9999999999999999999", "9223372036854775808"})
  void numbers_that_are_too_large_do_not_wrap(String seed) {
    assertThat(web("Steps: 1, Sampler: x, Seed: " + seed).seed()).isEmpty();
    assertThat(web("Sampler: x, Seed: 1, Steps: " + seed).steps()).isEmpty();
  }

  @Test
  void the_web_ui_draws_noise_on_graphics_cards_unless_it_says_otherwise() {
    assertThat(web("Steps: 1, Sampler: x, Seed: 1").noise()).isEqualTo(Noise.GRAPHICS);
  }

  @Test
  void broken_lines_of_sites_are_tolerated() {
    ForeignRecipe recipe = web("Steps: 1, Sampler: Undefined, Clip skip: 0");

    assertThat(recipe.clipSkip()).isEqualTo(OptionalInt.of(1));
    assertThat(recipe.samplerHere()).isEmpty();
    assertThat(recipe.namesUnknownSchedule()).isFalse();
  }

  @Test
  void a_strength_means_another_picture() {
    assertThat(web("Steps: 1, Sampler: x, Denoising strength: 0.4").remarks())
        .startsWith(new BegunWithPicture(0.4));
    assertThat(web("Steps: 1, Sampler: x, Denoising strength: 1.0").strength()).isEmpty();
  }

  @Test
  void programs_that_write_as_the_web_ui_does_are_told_by_their_version() {
    ForeignRecipe recipe = web("Steps: 1, Sampler: euler, Version: ComfyUI");

    assertThat(recipe.program()).isEqualTo(Program.COMFYUI);
    assertThat(recipe.madeBy()).isEqualTo("ComfyUI");
    assertThat(recipe.noise()).isEqualTo(Noise.UNKNOWN);
  }

  @Test
  void songe_itself_is_told_where_only_its_text_for_others_is_left() {
    ForeignRecipe recipe =
        web("Steps: 1, Sampler: DDIM, Schedule type: Model, RNG: CPU, Version: Songe 0.1.0");

    assertThat(recipe.madeBy()).isEqualTo("Songe 0.1.0");
    assertThat(recipe.scheduleHere()).contains(SigmaSchedules.MODEL);
    assertThat(recipe.noise()).isEqualTo(Noise.PROCESSOR);
  }

  @Test
  void a_comment_that_is_no_recipe_says_nothing() {
    assertThat(ForeignRecipe.of(Map.of("UserComment", "Summer: in Brest"))).isEmpty();
    assertThat(ForeignRecipe.of(Map.of("UserComment", "{\"camera\": 1}"))).isEmpty();
    assertThat(ForeignRecipe.of(Map.of("Software", "NovelAI"))).isEmpty();
    assertThat(ForeignRecipe.of(Map.of())).isEmpty();
  }

  @Test
  void a_users_comment_is_read_as_parameters_are() {
    ForeignRecipe recipe = read("UserComment", "tea\nSteps: 3, Sampler: Euler a, Seed: 5");

    assertThat(recipe.prompt()).isEqualTo("tea");
    assertThat(recipe.steps()).isEqualTo(OptionalInt.of(3));
  }

  private static final String FOOOCUS =
      """
      {"prompt": "a fox", "negative_prompt": "", "styles": "['Ink']", "performance": "Speed",
       "steps": 30, "resolution": "(1152, 896)", "guidance_scale": 4.0, "sharpness": 2.0,
       "base_model": "xl-base", "base_model_hash": "0a1b", "refiner_model": "None",
       "refiner_switch": 0.5, "sampler": "dpmpp_2m_sde_gpu", "scheduler": "karras",
       "vae": "Default (model)", "seed": "123", "loras": [["ink", 0.1, "ff"]], "clip_skip": 2,
       "full_prompt": ["a fox, ink"], "created_by": "me", "metadata_scheme": "fooocus",
       "version": "Fooocus v2.5.5"}
      """;

  @Test
  void what_fooocus_writes_is_understood() {
    ForeignRecipe recipe =
        ForeignRecipe.of(Map.of("parameters", FOOOCUS, "fooocus_scheme", "fooocus")).orElseThrow();

    assertThat(recipe.madeBy()).isEqualTo("Fooocus v2.5.5");
    assertThat(recipe.prompt()).isEqualTo("a fox");
    assertThat(recipe.seed()).isEqualTo(OptionalLong.of(123));
    assertThat(recipe.steps()).isEqualTo(OptionalInt.of(30));
    assertThat(recipe.guidance()).isEqualTo(OptionalDouble.of(4));
    assertThat(recipe.size()).contains(new PictureSize(1152, 896));
    assertThat(recipe.model()).contains("xl-base");
    assertThat(recipe.modelHash()).contains("0a1b");
    assertThat(recipe.clipSkip()).isEqualTo(OptionalInt.of(2));
    assertThat(recipe.scheduleHere()).contains(SigmaSchedules.KARRAS);
    assertThat(recipe.remarks())
        .containsExactly(
            new Unused("styles", "['Ink']"),
            new Unused("performance", "Speed"),
            new Unused("sharpness", "2.0"),
            new Unused("refiner_switch", "0.5"),
            new Unused("loras", "[[\"ink\",0.1,\"ff\"]]"));
  }

  @Test
  void fooocus_in_jpeg_is_told_by_its_software() {
    ForeignRecipe recipe =
        ForeignRecipe.of(Map.of("UserComment", FOOOCUS, "Software", "Fooocus v2.5.5"))
            .orElseThrow();

    assertThat(recipe.program()).isEqualTo(Program.FOOOCUS);
    assertThat(recipe.prompt()).isEqualTo("a fox");
  }

  @Test
  void fooocus_may_write_as_the_web_ui_does() {
    ForeignRecipe recipe =
        ForeignRecipe.of(
                Map.of(
                    "parameters",
                    "tea\nSteps: 3, Sampler: Euler a, Seed: 5, Scheduler: karras",
                    "fooocus_scheme",
                    "a1111"))
            .orElseThrow();

    assertThat(recipe.program()).isEqualTo(Program.FOOOCUS);
    assertThat(recipe.schedule()).contains("karras");
  }

  private static Map<String, String> novelAi(String comment) {
    return Map.of(
        "Software",
        "NovelAI",
        "Description",
        "a {quiet} lake",
        "Source",
        "Stable Diffusion 81274D13",
        "Comment",
        comment);
  }

  @Test
  void what_novelai_writes_is_understood() {
    ForeignRecipe recipe =
        ForeignRecipe.of(
                novelAi(
                    """
                    {"steps": 28, "sampler": "k_euler_ancestral", "seed": 77, "strength": 0.7,
                     "noise": 0.2, "scale": 11.0, "uc": "rain", "width": 640, "height": 384,
                     "noise_schedule": "native", "sm": false, "cfg_rescale": 0.0, "signed_hash": "z"}
                    """))
            .orElseThrow();

    assertThat(recipe.program()).isEqualTo(Program.NOVELAI);
    assertThat(recipe.prompt()).isEqualTo("a {quiet} lake");
    assertThat(recipe.negativePrompt()).isEqualTo("rain");
    assertThat(recipe.seed()).isEqualTo(OptionalLong.of(77));
    assertThat(recipe.guidance()).isEqualTo(OptionalDouble.of(11));
    assertThat(recipe.size()).contains(new PictureSize(640, 384));
    assertThat(recipe.model()).contains("Stable Diffusion");
    assertThat(recipe.modelHash()).contains("81274D13");
    assertThat(recipe.samplerHere().map(SamplerRow::id)).contains("euler_a");
    assertThat(recipe.scheduleHere()).contains(SigmaSchedules.MODEL);
    assertThat(recipe.remarks())
        .containsExactly(new Unused("strength", "0.7"), new Unused("noise", "0.2"));
  }

  @Test
  void novelai_tells_of_another_picture_by_its_kind_of_request() {
    ForeignRecipe recipe =
        ForeignRecipe.of(novelAi("{\"request_type\": \"Img2ImgRequest\", \"strength\": 0.7}"))
            .orElseThrow();

    assertThat(recipe.remarks())
        .containsExactly(new Unused("request_type", "Img2ImgRequest"), new BegunWithPicture(0.7));
  }

  @Test
  void what_invokeai_writes_is_understood() {
    ForeignRecipe recipe =
        read(
            "invokeai_metadata",
            """
            {"app_version": "4.2.0", "generation_mode": "sdxl_txt2img", "positive_prompt": "a hill",
             "negative_prompt": "sky", "width": 512, "height": 640, "seed": 3, "rand_device": "cpu",
             "cfg_scale": 6.0, "steps": 25, "scheduler": "dpmpp_2m_k", "clip_skip": 1,
             "seamless_x": false, "model": {"key": "k", "hash": "blake3:12", "name": "small"},
             "loras": [{"weight": 1}]}
            """);

    assertThat(recipe.madeBy()).isEqualTo("InvokeAI 4.2.0");
    assertThat(recipe.prompt()).isEqualTo("a hill");
    assertThat(recipe.negativePrompt()).isEqualTo("sky");
    assertThat(recipe.size()).contains(new PictureSize(512, 640));
    assertThat(recipe.clipSkip()).isEqualTo(OptionalInt.of(2));
    assertThat(recipe.model()).contains("small");
    assertThat(recipe.modelHash()).contains("blake3:12");
    assertThat(recipe.noise()).isEqualTo(Noise.PROCESSOR);
    assertThat(recipe.samplerHere().map(SamplerRow::id)).contains("dpmpp_2m");
    assertThat(recipe.scheduleHere()).contains(SigmaSchedules.KARRAS);
    assertThat(recipe.remarks()).containsExactly(new Unused("loras", "[{\"weight\":1}]"));
  }

  @Test
  void what_invokeai_wrote_before_is_understood() {
    ForeignRecipe recipe =
        read(
            "sd-metadata",
            """
            {"model": "stable diffusion", "model_weights": "small", "model_hash": "ab",
             "app_id": "x", "app_version": "2.2.4", "image": {"prompt": [{"prompt":
             "a hill [sky] at [rain] noon", "weight": 1.0}, {"prompt": "b", "weight": 2.0}],
             "steps": 9, "cfg_scale": 5, "seed": 8, "sampler": "k_lms", "width": 512,
             "height": 512, "type": "txt2img", "seamless": false, "hires_fix": true}}
            """);

    assertThat(recipe.prompt()).isEqualTo("a hill  at  noon");
    assertThat(recipe.negativePrompt()).isEqualTo("sky, rain");
    assertThat(recipe.steps()).isEqualTo(OptionalInt.of(9));
    assertThat(recipe.model()).contains("small");
    assertThat(recipe.remarks())
        .containsExactly(
            new Unused("prompt", "{\"prompt\":\"b\",\"weight\":2.0}"),
            new Unused("hires_fix", "true"));
  }

  @Test
  void the_command_that_invokeai_wrote_first_is_understood() {
    ForeignRecipe recipe =
        read(
            "Dream",
            "\"a \\\"hill\\\" [sky]\" -s50 -S 42 -W512 --height=384 -C7.5 -A k_euler -G -t 1");

    assertThat(recipe.prompt()).isEqualTo("a \"hill\"");
    assertThat(recipe.negativePrompt()).isEqualTo("sky");
    assertThat(recipe.steps()).isEqualTo(OptionalInt.of(50));
    assertThat(recipe.seed()).isEqualTo(OptionalLong.of(42));
    assertThat(recipe.size()).contains(new PictureSize(512, 384));
    assertThat(recipe.guidance()).isEqualTo(OptionalDouble.of(7.5));
    assertThat(recipe.samplerHere().map(SamplerRow::id)).contains("euler");
    assertThat(recipe.remarks()).containsExactly(new Unused("-G", ""), new Unused("-t", "1"));
    assertThat(ForeignRecipe.of(Map.of("Dream", "no quotes -s 50"))).isEmpty();
    assertThat(ForeignRecipe.of(Map.of("Dream", "\"no end"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DPM++ 2M Karras,, dpmpp_2m, karras",
    "DPM++ 2M, Automatic, dpmpp_2m, karras",
    "DPM++ 2M,, dpmpp_2m, normal",
    "Euler a,, euler_a, normal",
    "Euler, Automatic, euler, normal",
    "DDIM, Automatic, ddim, model",
    "Euler, SGM Uniform, euler, sgm_uniform",
    "euler_ancestral, exponential, euler_a, exponential"
  })
  void names_of_samplers_are_ours_by_the_registry(
      String sampler, String schedule, String samplerHere, String scheduleHere) {
    String kind = schedule == null ? "" : ", Schedule type: " + schedule;

    ForeignRecipe recipe = web("Steps: 1, Seed: 1, Sampler: " + sampler + kind);

    assertThat(recipe.samplerHere().map(SamplerRow::id)).contains(samplerHere);
    assertThat(recipe.scheduleHere().map(SigmaSchedules.Row::id)).contains(scheduleHere);
  }

  @Test
  void a_schedule_that_is_not_here_is_told() {
    ForeignRecipe recipe = web("Steps: 1, Seed: 1, Sampler: Euler, Schedule type: Zigzag");

    assertThat(recipe.samplerHere()).isPresent();
    assertThat(recipe.namesUnknownSchedule()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"parameters", "invokeai_metadata", "sd-metadata", "prompt"})
  void damaged_json_is_refused_by_its_name(String keyword) {
    assertThatThrownBy(() -> read(keyword, "{\"a\": "))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("the text '" + keyword + "' in this picture is damaged JSON");
  }

  @Test
  void fields_of_other_types_than_expected_are_told() {
    ForeignRecipe recipe =
        read(
            "invokeai_metadata",
            "{\"positive_prompt\": [1], \"seed\": true, \"model\": \"x\", \"steps\": 1.5}");

    assertThat(recipe.prompt()).isEmpty();
    assertThat(recipe.remarks())
        .containsExactlyInAnyOrder(
            new Unused("positive_prompt", "[1]"),
            new Unused("seed", "true"),
            new Unused("model", "x"),
            new Unused("steps", "1.5"));
  }

  @ParameterizedTest
  @CsvSource({
    "uni_pc, simple, unipc, simple",
    "dpmpp_sde_gpu, karras, dpmpp_sde, karras",
    "euler, beta, euler, beta_timesteps",
    "dpm_2, ddim_uniform, dpm2, ddim"
  })
  void names_of_comfyui_are_ours_by_the_registry(
      String sampler, String schedule, String samplerHere, String scheduleHere) {
    ForeignRecipe recipe =
        read(
            "prompt",
            """
            {"1": {"class_type": "KSampler", "inputs": {"sampler_name": "%s", "scheduler": "%s",
              "latent_image": ["2", 0]}}}
            """
                .formatted(sampler, schedule));

    assertThat(recipe.samplerHere().map(SamplerRow::id)).contains(samplerHere);
    assertThat(recipe.scheduleHere().map(SigmaSchedules.Row::id)).contains(scheduleHere);
  }

  @Test
  void altered_texts_are_read_or_refused_and_nothing_else() {
    List<Map<String, String>> originals =
        List.of(
            Map.of("parameters", FOOOCUS),
            Map.of("parameters", "a\nSteps: 20, Sampler: Euler a, CFG scale: 7.5, Size: 1x2"),
            Map.of("Dream", "\"a [b]\" -s 50 -S 42 -W512 -H 384 -C 7.5 -A k_euler -G 0.5"),
            Map.of(
                "invokeai_metadata", "{\"seed\": 1, \"clip_skip\": 1, \"model\": {\"name\": 3}}"),
            Map.of(
                "sd-metadata",
                "{\"image\": {\"prompt\": [{\"prompt\": \"a [b]\"}], \"width\": 3}}"),
            novelAi("{\"request_type\": \"X\", \"strength\": 0.7, \"width\": 3, \"height\": 3}"),
            Map.of("prompt", ComfyReaderTest.USUAL));
    int read = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      var random = new Random(seed);
      Map<String, String> texts = new HashMap<>(originals.get(seed % originals.size()));
      texts.replaceAll((_, text) -> altered(text, random));
      try {
        Optional<ForeignRecipe> recipe = ForeignRecipe.of(texts);
        recipe.ifPresent(ForeignRecipe::namesUnknownSchedule);
        recipe.ifPresent(ForeignRecipe::words);
        read += recipe.isPresent() ? 1 : 0;
      } catch (BrokenFileException refused) {
        assertThat(refused.getMessage()).as("seed %d", seed).startsWith("the text '");
      } catch (RuntimeException defect) {
        throw new AssertionError("seed " + seed + ": " + texts, defect);
      }
    }

    // Otherwise the alterations were too wild to show anything.
    assertThat(read).isGreaterThan(5_000);
  }

  private static String altered(String original, Random random) {
    var text = new StringBuilder(original);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, original.charAt(random.nextInt(original.length())));
        case 1 -> text.delete(at, Math.min(at + 1 + random.nextInt(3), text.length() - 1));
        case 2 -> text.insert(at, original, at % original.length(), original.length());
        default -> text.insert(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
      }
    }
    return text.toString();
  }
}
