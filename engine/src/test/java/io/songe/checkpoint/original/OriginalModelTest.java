package io.songe.checkpoint.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.model.GoldenModel;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.unet.UNetConfig;
import io.songe.model.unet.UNetConfig.Added;
import io.songe.model.unet.UNetConfig.Attention;
import io.songe.model.unet.UNetConfig.Level;
import io.songe.model.unet.UNetConfig.Middle;
import io.songe.model.vae.AutoencoderKlConfig;
import io.songe.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The names and shapes of the published files. {@code sd1} is the list of a published file, the
 * others were written by {@code tools/golden/original_names.py}.
 */
class OriginalModelTest {
  private static final FileLabel LABEL = new FileLabel("model.safetensors");
  private static final Pattern LINE = Pattern.compile("(\\S+) \\[(.*)]");

  static Map<String, Shape> published(String kind) {
    Map<String, Shape> shapes = new TreeMap<>();
    for (String line : GoldenModel.names("original/" + kind + ".txt.gz")) {
      Matcher parts = LINE.matcher(line);
      assertThat(parts.matches()).as(line).isTrue();
      long[] extents =
          Stream.of(parts.group(2).split(", "))
              .filter(extent -> !extent.isEmpty())
              .mapToLong(Long::parseLong)
              .toArray();
      shapes.put(parts.group(1), Shape.of(extents));
    }
    return shapes;
  }

  private static OriginalModel read(Map<String, Shape> shapes) {
    return OriginalModel.of(new OriginalTensors(LABEL, shapes));
  }

  /** Our names with our shapes, as the networks ask for them. */
  private static Set<String> ours(OriginalModel.Part<?> part, Map<String, Shape> shapes) {
    Set<String> lines = new TreeSet<>();
    part.placements()
        .forEach((name, place) -> {
          long[] theirs = Objects.requireNonNull(shapes.get(place.name())).toArray();
          long[] extents =
              switch (place.form()) {
                case Placement.Form.Whole _ -> theirs;
                case Placement.Form.Pointwise _ -> new long[] {theirs[0], theirs[1]};
                case Placement.Form.Transposed _ -> new long[] {theirs[1], theirs[0]};
                case Placement.Form.Part(int _, int count) -> {
                  theirs[0] /= count;
                  yield theirs;
                }
              };
          lines.add(name + " " + Shape.of(extents));
        });
    return lines;
  }

  @Test
  void stable_diffusion_1_is_recognised() {
    Map<String, Shape> shapes = published("sd1");

    OriginalModel model = read(shapes);

    assertThat(shapes).hasSize(1131);
    assertThat(model.kind()).isEqualTo(OriginalKind.STABLE_DIFFUSION_1);
    assertThat(model.unet().config()).isEqualTo(UNetConfig.stableDiffusion1());
    assertThat(model.autoencoder().config()).isEqualTo(AutoencoderKlConfig.stableDiffusion1());
    assertThat(model.texts().getFirst().config()).isEqualTo(ClipTextConfig.stableDiffusion1());
    assertThat(ours(model.unet(), shapes)).isEqualTo(GoldenModel.names("unet/names/sd1.txt.gz"));
    assertThat(ours(model.autoencoder(), shapes))
        .isEqualTo(GoldenModel.names("vae/names/sd1.txt.gz"));
    assertThat(ours(model.texts().getFirst(), shapes))
        .isEqualTo(GoldenModel.names("clip/names/sd1.txt.gz"));
  }

  @Test
  void stable_diffusion_2_is_recognised_and_the_last_layer_of_its_encoder_dropped() {
    Map<String, Shape> shapes = published("sd2");

    OriginalModel model = read(shapes);

    assertThat(shapes).containsKey("cond_stage_model.model.transformer.resblocks.23.ln_1.weight");
    assertThat(model.kind()).isEqualTo(OriginalKind.STABLE_DIFFUSION_2);
    assertThat(model.unet().config()).isEqualTo(UNetConfig.stableDiffusion2());
    assertThat(model.autoencoder().config()).isEqualTo(AutoencoderKlConfig.stableDiffusion1());
    assertThat(model.texts().getFirst().config()).isEqualTo(ClipTextConfig.stableDiffusion2());
    assertThat(ours(model.unet(), shapes)).isEqualTo(GoldenModel.names("unet/names/sd2.txt.gz"));
    assertThat(ours(model.texts().getFirst(), shapes))
        .isEqualTo(GoldenModel.names("clip/names/sd2.txt.gz"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_encoder_that_lacks_its_last_layer_keeps_the_others(boolean projection) {
    Map<String, Shape> shapes = published("sd2");
    shapes.keySet().removeIf(name -> name.contains("resblocks.23."));
    if (!projection) {
      shapes.remove("cond_stage_model.model.text_projection");
    }

    assertThat(read(shapes).texts().getFirst().config())
        .isEqualTo(ClipTextConfig.stableDiffusion2());
  }

  @Test
  void stable_diffusion_xl_is_recognised() {
    Map<String, Shape> shapes = published("sdxl");

    OriginalModel model = read(shapes);

    assertThat(model.kind()).isEqualTo(OriginalKind.XL);
    assertThat(model.unet().config()).isEqualTo(UNetConfig.stableDiffusionXl());
    assertThat(model.autoencoder().config()).isEqualTo(AutoencoderKlConfig.stableDiffusionXl());
    assertThat(model.texts().stream().map(OriginalModel.Part::config))
        .containsExactly(ClipTextConfig.stableDiffusion1(), ClipTextConfig.stableDiffusionXl());
    assertThat(ours(model.unet(), shapes)).isEqualTo(GoldenModel.names("unet/names/sdxl.txt.gz"));
    assertThat(ours(model.texts().getLast(), shapes))
        .isEqualTo(GoldenModel.names("clip/names/sdxl.txt.gz"));
  }

  @Test
  void the_refiner_is_recognised() {
    OriginalModel model = read(published("refiner"));

    UNetConfig unet = model.unet().config();
    assertThat(model.kind()).isEqualTo(OriginalKind.XL_REFINER);
    assertThat(unet.levels())
        .containsExactly(
            new Level(384, 2, new Attention.None()),
            new Level(768, 2, Attention.of(12, 4)),
            new Level(1536, 2, Attention.of(24, 4)),
            new Level(1536, 2, new Attention.None()));
    assertThat(unet.middle()).isEqualTo(new Middle.Attending(24, 4));
    assertThat(unet.contextWidth()).isEqualTo(1280);
    assertThat(unet.added()).isEqualTo(new Added.TextTime(256, 2560));
    assertThat(model.texts().stream().map(OriginalModel.Part::config))
        .containsExactly(ClipTextConfig.stableDiffusionXl());
  }

  @Test
  void painting_inside_a_mask_shows_in_the_first_tensor() {
    Map<String, Shape> shapes = published("sd1");
    shapes.put("model.diffusion_model.input_blocks.0.0.weight", Shape.of(320, 9, 3, 3));

    assertThat(read(shapes).unet().config())
        .isEqualTo(UNetConfig.stableDiffusion1().withInputChannels(9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alphas_cumprod",
        "betas",
        "model_ema.decay",
        "model_ema.diffusion_modelinput_blocks00weight",
        "first_stage_model.loss.logvar",
        "cond_stage_model.logit_scale",
        "cond_stage_model.transformer.text_projection.weight"
      })
  void what_is_not_needed_to_draw_is_left(String name) {
    Map<String, Shape> shapes = published("sd1");
    shapes.put(name, Shape.of(3));

    assertThat(read(shapes)).isEqualTo(read(published("sd1")));
  }

  @Test
  void other_prefixes_of_the_same_parts_are_known() {
    Map<String, Shape> shapes = new TreeMap<>();
    published("sd1")
        .forEach((name, shape) ->
            shapes.put(
                name.replace("first_stage_model.", "vae.")
                    .replace("transformer.text_model.", "transformer."),
                shape));

    OriginalModel model = read(shapes);

    assertThat(model.autoencoder().placements().get("encoder.conv_in.weight"))
        .isEqualTo(Placement.whole("vae.encoder.conv_in.weight"));
    assertThat(model.texts().getFirst().placements().get("final_layer_norm.bias"))
        .isEqualTo(Placement.whole("cond_stage_model.transformer.final_layer_norm.bias"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sd2", "sdxl", "refiner"})
  void placements_are_the_same_for_reading_and_writing(String kind) {
    OriginalModel model = read(published(kind));

    OriginalModel again =
        OriginalModel.of(
            model.kind(),
            model.texts().stream().map(OriginalModel.Part::config).toList(),
            model.unet().config(),
            model.autoencoder().config());

    assertThat(again).isEqualTo(model);
  }

  @Test
  void each_tensor_is_used_once() {
    OriginalModel model = read(published("sdxl"));
    Set<Placement> places = new HashSet<>();

    int count = 0;
    for (OriginalModel.Part<?> part : model.parts()) {
      count += part.placements().size();
      places.addAll(part.placements().values());
    }

    assertThat(places).hasSize(count);
  }

  @Test
  void missing_tensors_are_counted_and_some_named() {
    Map<String, Shape> shapes = published("sd1");
    shapes.keySet().removeIf(name -> name.contains("output_blocks.3.1.norm"));

    assertThatThrownBy(() -> read(shapes))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            "model.safetensors: 2 tensors of Stable Diffusion 1 are missing, such as"
                + " model.diffusion_model.output_blocks.3.1.norm.bias,"
                + " model.diffusion_model.output_blocks.3.1.norm.weight; is the file complete?"
                + " Download it again");
  }

  @Test
  void unknown_tensors_are_counted_and_five_named() {
    Map<String, Shape> shapes = published("sd1");
    List.of("a", "b", "c", "d", "e", "f").forEach(name -> shapes.put(name, Shape.of(1)));

    assertThatThrownBy(() -> read(shapes))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            "model.safetensors: 6 tensors are not known in Stable Diffusion 1, such as a, b, c, d,"
                + " e; is it another kind of model?");
  }

  @ParameterizedTest
  @CsvSource({
    "model.diffusion_model.joint_blocks.0.context_block.adaLN_modulation.1.bias, is a Stable Diffusion 3",
    "double_blocks.0.img_attn.norm.key_norm.scale, is a Flux",
    "edm_mean, is a Playground 2.5",
    "control_model.time_embed.0.weight, 'is a ControlNet, an addition to a model'",
    "lora_unet_down_blocks_0_attentions_0_proj_in.alpha, 'is a LoRA, an addition to a model'",
    "decoder.conv_in.weight, 'is an autoencoder alone, to be given beside a model'",
    "anything, has no tensor that begins with model.diffusion_model.",
    "model.diffusion_model.out.2.bias, has a U-Net and no text encoder that is known"
  })
  void other_files_are_refused_by_what_they_are(String name, String what) {
    Map<String, Shape> shapes = Map.of(name, Shape.of(4));

    assertThatThrownBy(() -> read(shapes))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            "model.safetensors: "
                + what
                + "; a model in one file must be a Stable Diffusion 1, 2 or XL, whole");
  }

  @Test
  void shapes_that_no_network_has_are_refused() {
    Map<String, Shape> shapes = published("sd1");
    shapes.put("model.diffusion_model.input_blocks.1.0.in_layers.2.weight", Shape.of(33));
    shapes.put("model.diffusion_model.input_blocks.2.0.in_layers.2.weight", Shape.of(33));

    assertThatThrownBy(() -> read(shapes))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("model.safetensors: the groups of normalization");
  }

  @Test
  void a_pooled_text_and_numbers_must_fill_what_the_network_is_given() {
    Map<String, Shape> shapes = published("sdxl");
    shapes.put("model.diffusion_model.label_emb.0.0.weight", Shape.of(1280, 2817));

    assertThatThrownBy(() -> read(shapes))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            "model.safetensors: beside the text the U-Net takes 2817 values, which are not the 1280"
                + " of a pooled text and 6 numbers; is it another model's file?");
  }
}
