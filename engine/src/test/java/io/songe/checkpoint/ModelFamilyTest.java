package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.songe.checkpoint.ModelFamily.StableDiffusion;
import io.songe.checkpoint.ModelFamily.StableDiffusionXl;
import io.songe.checkpoint.ModelFamily.StableDiffusionXlRefiner;
import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.format.JsonConfig;
import io.songe.format.StoredTensor;
import io.songe.model.HiddenLayer;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The models are of tools/golden/families.py. */
class ModelFamilyTest {
  private static final String UNET = "unet/diffusion_pytorch_model.safetensors";

  @TempDir Path temporary;

  private TinyModel copy(String family) {
    return TinyModel.family(family).copy(temporary.resolve("model"));
  }

  private static Checkpoint open(String family) {
    return Checkpoint.open(TinyModel.family(family).folder(), DType.FLOAT32);
  }

  private static List<StoredTensor> reshaped(StoredTensor tensor, long... extents) {
    Shape shape = Shape.of(extents);
    MemorySegment zeros =
        MemorySegment.ofArray(new byte[Math.toIntExact(shape.elements()) * tensor.dtype().bytes()]);
    return List.of(new StoredTensor(tensor.name(), tensor.dtype(), shape, zeros));
  }

  private static Arguments family(String name, ModelFamily family, Integer... widths) {
    return arguments(name, family, List.of(widths));
  }

  static Stream<Arguments> families() {
    return Stream.of(
        family("sd1", new StableDiffusion(false), 16),
        family("sd2", new StableDiffusion(false), 12),
        family("sd1-inpaint", new StableDiffusion(true), 12),
        family("sdxl", new StableDiffusionXl(false, true), 8, 12),
        family("sdxl-inpaint", new StableDiffusionXl(true, true), 8, 12),
        family("sdxl-refiner", new StableDiffusionXlRefiner(false, false), 12));
  }

  @ParameterizedTest
  @MethodSource("families")
  void a_folder_tells_its_family_and_its_text_encoders(
      String name, ModelFamily family, List<Integer> widths) {
    try (Checkpoint model = open(name)) {
      assertThat(model.family()).isEqualTo(family);
      assertThat(model.textTowers()).extracting(tower -> tower.encoder().width()).isEqualTo(widths);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sd1, 1, true",
    "sd2, 1, true",
    "sdxl, 2, false",
    "sdxl-refiner, 2, false",
  })
  void text_encoders_are_read_at_the_layer_of_their_family(
      String name, int fromEnd, boolean normalized) {
    try (Checkpoint model = open(name)) {
      assertThat(model.textTowers())
          .extracting(TextTower::layer)
          .containsOnly(new HiddenLayer(fromEnd, normalized));
    }
  }

  @Test
  void the_encoders_of_xl_pad_a_text_each_in_its_way() {
    try (Checkpoint model = open("sdxl")) {
      assertThat(model.textTowers())
          .extracting(tower -> tower.tokenizer().padId())
          .containsExactly(530, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd2", "sd1-inpaint", "sdxl", "sdxl-inpaint", "sdxl-refiner"})
  void a_saved_model_is_the_same_model(String family) {
    Path target = temporary.resolve("saved");
    try (Checkpoint model = open(family)) {
      ModelFolderWriter.write(model.parts(), target);

      try (Checkpoint saved = Checkpoint.open(target, DType.FLOAT32)) {
        assertThat(saved.family()).isEqualTo(model.family());
        assertThat(saved.scheduler()).isEqualTo(model.scheduler());
        assertThat(saved.parts().textEncoders())
            .extracting(ModelParts.Network::config)
            .isEqualTo(
                model.parts().textEncoders().stream().map(ModelParts.Network::config).toList());
        assertThat(saved.parts().unet().config()).isEqualTo(model.parts().unet().config());
        assertThat(saved.parts().autoencoder().config())
            .isEqualTo(model.parts().autoencoder().config());
        assertThat(saved.textTowers())
            .extracting(tower -> tower.tokenizer().padId())
            .isEqualTo(
                model.textTowers().stream().map(tower -> tower.tokenizer().padId()).toList());
      }
    }
    assertThat(ModelIndex.read(target))
        .isEqualTo(ModelIndex.read(TinyModel.family(family).folder()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd2", "sdxl", "sdxl-inpaint", "sdxl-refiner"})
  void each_text_encoder_is_saved_in_its_own_folder(String family) {
    Path target = temporary.resolve("saved");
    TinyModel original = TinyModel.family(family);
    try (Checkpoint model = open(family)) {
      ModelFolderWriter.write(model.parts(), target);
    }

    for (String folder : List.of("text_encoder", "text_encoder_2", "tokenizer", "tokenizer_2")) {
      assertThat(target.resolve(folder).toFile().exists())
          .as(folder)
          .isEqualTo(original.file(folder).toFile().exists());
    }
    assertThat(parameters(target)).isEqualTo(parameters(original.folder()));
  }

  private static Map<String, Long> parameters(Path folder) {
    return ModelSummary.read(folder).parts().stream()
        .collect(Collectors.toMap(ModelSummary.Part::name, ModelSummary.Part::parameters));
  }

  /** The reference cannot open such a model without it. */
  @Test
  void a_saved_index_tells_whose_layout_it_is_of() {
    Path target = temporary.resolve("saved");
    try (Checkpoint model = open("sd1-inpaint")) {
      ModelFolderWriter.write(model.parts(), target);
    }

    JsonConfig json = JsonConfig.read(target.resolve(ModelIndex.FILE));
    assertThat(json.string("_class_name")).isEqualTo("StableDiffusionInpaintPipeline");
    assertThat(json.string("_diffusers_version")).isEqualTo("0.42.1");
  }

  @Test
  void what_xl_does_not_have_is_said_to_readers_who_ask() {
    Path target = temporary.resolve("saved");
    try (Checkpoint model = open("sdxl-refiner")) {
      ModelFolderWriter.write(model.parts(), target);
    }

    JsonConfig json = JsonConfig.read(target.resolve(ModelIndex.FILE));
    assertThat(json.string("_class_name")).isEqualTo("StableDiffusionXLImg2ImgPipeline");
    assertThat(json.nullableStrings("text_encoder")).hasSize(2).allMatch(Optional::isEmpty);
    assertThat(json.nullableStrings("tokenizer")).hasSize(2).allMatch(Optional::isEmpty);
    assertThat(json.flag("requires_aesthetics_score")).isTrue();
    assertThat(json.flag("force_zeros_for_empty_prompt")).isFalse();
  }

  @Test
  void as_many_text_encoders_are_saved_as_the_family_has() {
    try (Checkpoint model = open("sdxl")) {
      ModelParts all = model.parts();

      assertThatThrownBy(() ->
              new ModelParts(
                  all.card(),
                  all.family(),
                  all.scheduler(),
                  all.textEncoders().subList(0, 1),
                  all.unet(),
                  all.autoencoder(),
                  all.copies()))
          .isInstanceOf(EngineException.class)
          .hasMessageEndingWith("has 2, got 1");
    }
  }

  @Test
  void a_summary_lists_every_text_encoder_before_what_draws() {
    assertThat(ModelSummary.read(TinyModel.family("sdxl").folder()).parts())
        .extracting(ModelSummary.Part::name)
        .containsExactly("text_encoder", "text_encoder_2", "unet", "vae");
    assertThat(ModelSummary.read(TinyModel.family("sdxl-refiner").folder()).parts())
        .extracting(ModelSummary.Part::type)
        .containsExactly("CLIPTextModelWithProjection", "UNet2DConditionModel", "AutoencoderKL");
  }

  @ParameterizedTest
  @CsvSource({"sd1, 64, 512, 7.5", "sd2, 96, 768, 7.5", "sdxl, 128, 1024, 5"})
  void without_a_card_a_model_is_asked_for_what_its_family_is_best_at(
      String family, int latentSide, int side, double guidance) {
    TinyModel model = copy(family);
    model.edit("unet/config.json", "\"sample_size\": 8", "\"sample_size\": " + latentSide);

    ModelCard card = ModelCard.read(model.folder());

    assertThat(card.side()).isEqualTo(side);
    assertThat(card.guidanceScale()).isEqualTo(guidance);
  }

  @Test
  void a_damaged_text_encoder_is_found_wherever_it_is() {
    TinyModel model = copy("sdxl");
    model.changeTensors(
        "text_encoder_2/model.safetensors",
        tensor ->
            tensor.name().endsWith("final_layer_norm.bias")
                ? List.of(TinyModel.filled(tensor, Float.NaN))
                : List.of(tensor));

    try (Checkpoint opened = Checkpoint.open(model.folder(), DType.FLOAT32)) {
      assertThatThrownBy(opened::requireUndamaged)
          .isInstanceOf(BrokenFileException.class)
          .hasMessageStartingWith("text_encoder_2/model.safetensors: ");
    }
  }

  // ---------------------------------------------------------------- what was published

  /** {@code model_index.json} as it is in the folders that people download. */
  static Stream<Arguments> published() {
    String parts =
        """
         "scheduler": ["diffusers", "EulerDiscreteScheduler"],
         "unet": ["diffusers", "UNet2DConditionModel"],
         "vae": ["diffusers", "AutoencoderKL"],
         "tokenizer_2": ["transformers", "CLIPTokenizer"],
         "text_encoder_2": ["transformers", "CLIPTextModelWithProjection"]}
        """;
    String first =
        """
         "text_encoder": ["transformers", "CLIPTextModel"],
         "tokenizer": ["transformers", "CLIPTokenizer"],
        """;
    return Stream.of(
        arguments(
            """
            {"_class_name": "StableDiffusionXLPipeline", "_diffusers_version": "0.19.0.dev0",
             "force_zeros_for_empty_prompt": true, "add_watermarker": null,
            """
                + first
                + parts,
            new StableDiffusionXl(false, true)),
        arguments(
            """
            {"_class_name": "StableDiffusionXLPipeline", "_diffusers_version": "0.24.0.dev0",
             "feature_extractor": [null, null], "image_encoder": [null, null],
            """
                + first
                + parts,
            new StableDiffusionXl(false, true)),
        arguments(
            """
            {"_class_name": "StableDiffusionXLInpaintPipeline", "_name_or_path": "base",
             "_diffusers_version": "0.21.0.dev0", "force_zeros_for_empty_prompt": true,
             "requires_aesthetics_score": false,
            """
                + first
                + parts,
            new StableDiffusionXl(false, true)),
        arguments(
            """
            {"_class_name": "StableDiffusionXLImg2ImgPipeline", "_diffusers_version": "0.19.0.dev0",
             "add_watermarker": null, "force_zeros_for_empty_prompt": false,
             "requires_aesthetics_score": true,
             "text_encoder": [null, null], "tokenizer": [null, null],
            """
                + parts,
            new StableDiffusionXlRefiner(false, false)));
  }

  @ParameterizedTest
  @MethodSource("published")
  void published_indices_are_understood(String json, ModelFamily family) throws IOException {
    TinyModel model = copy("sdxl");
    model.change("model_index.json", _ -> json);

    assertThat(ModelIndex.read(model.folder()).family(false)).isEqualTo(family);
  }

  // ---------------------------------------------------------------- what is refused

  private static Arguments broken(String family, Consumer<TinyModel> how, String message) {
    return arguments(family, how, message);
  }

  private static Arguments edited(
      String family, String file, String from, String to, String message) {
    return broken(family, model -> model.edit(file, from, to), message);
  }

  static Stream<Arguments> misfits() {
    String misfit = "model: the parts do not fit each other: ";
    String question = "; are they of one model?";
    return Stream.of(
        edited(
            "sdxl",
            "model_index.json",
            "\"tokenizer_2\"",
            "\"safety_checker\"",
            "model/model_index.json: the model has no 'tokenizer_2'; get one that is complete"),
        edited(
            "sdxl",
            "model_index.json",
            "\"tokenizer\"",
            "\"safety_checker\"",
            "model/model_index.json: the model has no 'tokenizer'; get one that is complete"),
        edited(
            "sdxl-refiner",
            "model_index.json",
            "\"requires_aesthetics_score\": true",
            "\"requires_aesthetics_score\": false",
            "model/model_index.json: option 'requires_aesthetics_score' = false does not go with"
                + " one text encoder; of Stable Diffusion XL the base has two and no score, the"
                + " refiner has one and a score"),
        edited(
            "sdxl",
            "model_index.json",
            "StableDiffusionXLPipeline",
            "StableDiffusionPipeline",
            "model/model_index.json: unknown options 'force_zeros_for_empty_prompt' = true, "),
        edited(
            "sdxl",
            "model_index.json",
            "\"CLIPTextModel\"",
            "\"CLIPTextModelWithProjection\"",
            "text_encoder/model.safetensors: there is no tensor text_projection.weight"),
        edited(
            "sdxl",
            "tokenizer_2/tokenizer_config.json",
            "\"model_max_length\": 12",
            "\"model_max_length\": 11",
            misfit
                + "one tokenizer gives 12 of 531 tokens at a time and the other 11 of 531"
                + question),
        broken(
            "sdxl",
            model -> {
              model.edit("unet/config.json", "_input_dim\": 34", "_input_dim\": 30");
              model.changeTensors(
                  UNET,
                  tensor ->
                      tensor.name().equals("add_embedding.linear_1.weight")
                          ? reshaped(tensor, 32, 30)
                          : List.of(tensor));
            },
            misfit
                + "beside the text the U-Net wants 30 values, and is given a pooled text of 10 and"
                + " 6 numbers of 4 each"
                + question),
        broken(
            "sdxl",
            model -> {
              model.edit(
                  "text_encoder/config.json",
                  "\"num_hidden_layers\": 3",
                  "\"num_hidden_layers\": 1");
              model.changeTensors(
                  "text_encoder/model.safetensors",
                  tensor ->
                      tensor.name().matches(".*layers\\.[12]\\..*") ? List.of() : List.of(tensor));
            },
            misfit
                + "the model reads the layer 2 from the end of a text encoder that has 1"
                + question),
        broken(
            "sd2",
            model -> {
              model.edit("unet/config.json", "\"in_channels\": 4", "\"in_channels\": 8");
              model.changeTensors(
                  UNET,
                  tensor ->
                      tensor.name().equals("conv_in.weight")
                          ? reshaped(tensor, 8, 8, 3, 3)
                          : List.of(tensor));
            },
            misfit + "the U-Net makes 4 channels of 8 and the autoencoder works on 4" + question));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void parts_of_different_models_are_refused(String family, Consumer<TinyModel> how, String message)
      throws IOException {
    TinyModel model = copy(family);
    how.accept(model);

    assertThatThrownBy(() -> Checkpoint.open(model.folder(), DType.FLOAT32))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith(message);
    OpenFiles.assertNoneBelow(temporary);
  }

  @Test
  void a_base_model_is_no_refiner() {
    TinyModel model = copy("sdxl-refiner");
    model.edit("unet/config.json", "_input_dim\": 30", "_input_dim\": 34");
    model.changeTensors(
        UNET,
        tensor ->
            tensor.name().equals("add_embedding.linear_1.weight")
                ? reshaped(tensor, 32, 34)
                : List.of(tensor));

    assertThatThrownBy(() -> Checkpoint.open(model.folder(), DType.FLOAT32))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("wants 34 values, and is given a pooled text of 10 and 5 numbers");
  }
}
