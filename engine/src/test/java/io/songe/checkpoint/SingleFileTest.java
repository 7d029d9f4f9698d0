package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.diffusion.Conditioning;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.BrokenFileException;
import io.songe.file.FileHash;
import io.songe.format.SafetensorsFile;
import io.songe.format.StoredTensor;
import io.songe.image.Image;
import io.songe.model.TextFeatures;
import io.songe.pipeline.Precision;
import io.songe.pipeline.TextToImage;
import io.songe.random.NoiseSource;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.text.Prompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models of one file beside the same models as folders, and beside what the reference draws with
 * them; written by {@code tools/golden/single_files.py}.
 */
class SingleFileTest {
  private static final String LAST_BIAS =
      "model.diffusion_model.output_blocks.5.1.transformer_blocks.0.norm1.bias";

  @TempDir Path directory;

  private TinyOriginal tiny(String kind) {
    return TinyOriginal.unpack(kind, directory);
  }

  private static Checkpoint open(Path model) {
    return Checkpoint.open(model, DType.FLOAT32);
  }

  private static float[] denoised(Checkpoint model) {
    try (Scope _ = Scope.open()) {
      NoiseSource noise = NoiseSource.torch(5);
      Tensor x = noise.next(Shape.of(2, 4, 6, 4));
      Tensor timesteps = Tensor.of(new float[] {1, 800}, 2);
      int width = model.textTowers().stream().mapToInt(tower -> tower.encoder().width()).sum();
      Tensor context = noise.next(Shape.of(2, 7, width));
      return model.unet().predict(x, timesteps, given(model, context, noise)).toFloats();
    }
  }

  private static Conditioning given(Checkpoint model, Tensor context, NoiseSource noise) {
    return switch (model.family()) {
      case ModelFamily.StableDiffusion _ -> Conditioning.of(context);
      case ModelFamily.StableDiffusionXl _, ModelFamily.StableDiffusionXlRefiner _ ->
          new Conditioning(
              context,
              new Conditioning.Added.TextTime(
                  noise.next(Shape.of(2, 24)), noise.next(Shape.of(2, 6))));
    };
  }

  private static void assertSameTexts(Checkpoint actual, Checkpoint expected) {
    try (Scope _ = Scope.open()) {
      assertThat(actual.textTowers()).hasSameSizeAs(expected.textTowers());
      for (int i = 0; i < expected.textTowers().size(); i++) {
        TextTower is = actual.textTowers().get(i);
        TextTower should = expected.textTowers().get(i);
        int[] read = should.tokenizer().truncated("a small red cat").toArray();
        assertThat(is.tokenizer().truncated("a small red cat").toArray()).isEqualTo(read);
        long[] ids = IntStream.of(read).asLongStream().toArray();
        assertThat(is.layer()).isEqualTo(should.layer());
        Tensor tokens = Tensor.of(ids, 1, ids.length);
        TextFeatures features = is.encoder().encode(tokens, is.layer());
        TextFeatures wanted = should.encoder().encode(tokens, should.layer());
        assertThat(features.tokens().toFloats()).isEqualTo(wanted.tokens().toFloats());
        assertThat(features.pooled().toFloats()).isEqualTo(wanted.pooled().toFloats());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sd2", "xl"})
  void a_file_is_the_same_model_as_the_folder(String kind) {
    TinyOriginal tiny = tiny(kind);

    try (Checkpoint file = open(tiny.file());
        Checkpoint folder = open(tiny.folder())) {
      assertThat(file.parts().unet().config()).isEqualTo(folder.parts().unet().config());
      assertThat(file.parts().autoencoder().config())
          .isEqualTo(folder.parts().autoencoder().config());
      assertThat(file.parts().textEncoders().stream().map(ModelParts.Network::config))
          .isEqualTo(
              folder.parts().textEncoders().stream().map(ModelParts.Network::config).toList());
      assertThat(file.family()).isEqualTo(folder.family());
      assertThat(file.scheduler()).isEqualTo(folder.scheduler());
      assertThat(denoised(file)).isEqualTo(denoised(folder));
      assertSameTexts(file, folder);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sd2", "xl"})
  void a_file_draws_what_the_reference_draws(String kind) {
    TinyOriginal tiny = tiny(kind);

    try (SafetensorsFile golden = tiny.golden();
        TextToImage model = TextToImage.open(tiny.file(), Precision.FP32);
        Scope _ = Scope.open()) {
      Map<String, String> asked = golden.metadata();
      int side = Integer.parseInt(asked.get("side"));
      Image expected = Image.fromPlanes(side, side, golden.get("picture").toTensor().toFloats());
      Image actual =
          model
              .generate(
                  model
                      .request("", Long.parseLong(asked.get("seed")))
                      .withPrompt(
                          new Prompt(
                              asked.getOrDefault("prompt", ""), asked.getOrDefault("negative", "")))
                      .withSize(side, side)
                      .withSteps(Integer.parseInt(asked.get("steps")))
                      .withSampler(Samplers.choose("ddim", "model"))
                      .withGuidance(
                          new Guidance.ClassifierFree(Double.parseDouble(asked.get("guidance")))))
              .getFirst()
              .image();

      assertThat(peakSignalToNoise(actual.rgba(), expected.rgba())).isGreaterThan(50);
    }
  }

  private static double peakSignalToNoise(byte[] actual, byte[] expected) {
    double squares = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Byte.toUnsignedInt(actual[i]) - Byte.toUnsignedInt(expected[i]);
      squares += difference * difference;
    }
    return squares == 0
        ? Double.POSITIVE_INFINITY
        : 10 * Math.log10(255.0 * 255 * expected.length / squares);
  }

  @Test
  void the_card_is_named_after_the_file_and_has_the_usual_values() {
    TinyOriginal tiny = tiny("sd1");

    ModelCard card = ModelCard.read(tiny.file());

    assertThat(card.name()).isEqualTo("model");
    assertThat(card.licence()).isEqualTo("unknown");
    assertThat(card.side()).isEqualTo(512);
    assertThat(card.guidanceScale()).isEqualTo(7.5);
  }

  @Test
  void the_fingerprint_is_that_of_the_whole_file() {
    TinyOriginal tiny = tiny("sd1");

    try (Checkpoint model = open(tiny.file())) {
      assertThat(model.weightsSha256()).isEqualTo(FileHash.sha256(tiny.file()));
      model.requireUndamaged();
    }
  }

  @Test
  void the_licence_is_what_the_file_says() {
    Path described = tiny("sd1").changed("one", Map.of("modelspec.license", "MIT"), List::of);

    assertThat(ModelCard.read(described).licence()).isEqualTo("MIT");
  }

  private static Prediction prediction(Path model) {
    try (Checkpoint opened = open(model)) {
      return opened.scheduler().prediction();
    }
  }

  private static List<StoredTensor> calmer(StoredTensor tensor) {
    return tensor.name().equals(LAST_BIAS)
        ? List.of(TinyModel.filled(tensor, 0.05F))
        : List.of(tensor);
  }

  @Test
  void stable_diffusion_2_predicts_velocity_if_a_bias_spreads() {
    TinyOriginal tiny = tiny("sd2");

    assertThat(prediction(tiny.file())).isEqualTo(new Prediction.Velocity());
    assertThat(prediction(tiny.changed("calm", Map.of(), SingleFileTest::calmer)))
        .isEqualTo(new Prediction.Epsilon());
    assertThat(ModelCard.read(tiny.file()).side()).isEqualTo(768);
    assertThat(ModelCard.read(directory.resolve("calm.safetensors")).side()).isEqualTo(512);
  }

  @ParameterizedTest
  @CsvSource({"epsilon, Epsilon", "v, Velocity"})
  void the_file_may_say_what_it_predicts(String type, String expected) {
    Path described =
        tiny("sd2").changed("one", Map.of("modelspec.prediction_type", type), List::of);

    assertThat(prediction(described).getClass().getSimpleName()).isEqualTo(expected);
  }

  @Test
  void the_base_of_stable_diffusion_2_is_known_by_its_number_of_steps() {
    Path base = tiny("sd2").changed("base", Map.of("global_step", "875000"), List::of);

    assertThat(prediction(base)).isEqualTo(new Prediction.Epsilon());
  }

  @Test
  void a_prediction_that_is_not_known_is_refused() {
    Path described =
        tiny("sd1").changed("one", Map.of("modelspec.prediction_type", "flow"), List::of);

    assertThatThrownBy(() -> open(described))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith(
            "/one.safetensors: says that it predicts 'flow', and known are epsilon and v; say which"
                + " in a .yaml file beside it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "parameterization: \"v\"|Velocity",
        "  parameterization : v  # of training|Velocity",
        "parameterization: \"eps\"|Epsilon",
        "# parameterization: \"v\"|Epsilon",
        "linear_start: 0.00085|Epsilon",
        "target: sgm.modules.diffusionmodules.denoiser_scaling.VScaling|Velocity",
        "target: sgm.modules.diffusionmodules.denoiser_scaling.EpsScaling|Epsilon"
      })
  void a_yaml_file_beside_has_the_last_word(String line, String expected) throws IOException {
    TinyOriginal tiny = tiny("sd2");
    Files.writeString(
        directory.resolve("model.yaml"),
        "model:\n  params:\n    " + line + "\n    timesteps: 1000\n");

    assertThat(prediction(tiny.file()).getClass().getSimpleName()).isEqualTo(expected);
  }

  @Test
  void marks_say_that_velocity_is_predicted_up_to_no_signal() {
    Path marked =
        tiny("xl")
            .changed(
                "marked",
                Map.of(),
                tensor ->
                    tensor.name().equals("denoiser.sigmas")
                        ? List.of(tensor, tensor.named("v_pred"), tensor.named("ztsnr"))
                        : List.of(tensor));

    try (Checkpoint model = open(marked)) {
      SchedulerConfig scheduler = model.scheduler();
      assertThat(scheduler.prediction()).isEqualTo(new Prediction.Velocity());
      assertThat(scheduler.zeroTerminalSignal()).isTrue();
    }
  }

  @Test
  void without_a_tokenizer_the_vocabulary_must_be_clips() throws IOException {
    Path alone = directory.resolve("alone.safetensors");
    Files.copy(tiny("sd1").file(), alone);

    assertThatThrownBy(() -> open(alone))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith(
            "/alone.safetensors: a text encoder knows 531 tokens, and CLIP's tokenizer has 49408;"
                + " put the folder of the model's own tokenizer beside the file, as"
                + " alone.tokenizer");
  }

  @Test
  void a_model_of_clips_vocabulary_needs_no_tokenizer() {
    TinyOriginal tiny = tiny("sd1");
    Path published =
        tiny.changed(
            "published",
            Map.of(),
            tensor ->
                tensor.name().endsWith("embeddings.token_embedding.weight")
                    ? List.of(rows(tensor, 49408))
                    : List.of(
                        tensor.name().endsWith("position_embedding.weight")
                            ? rows(tensor, 77)
                            : tensor));
    delete(directory.resolve("published.tokenizer"));

    try (Checkpoint model = open(published)) {
      assertThat(model.textTowers().getFirst().tokenizer().truncated("a red cat").toArray())
          .startsWith(49406, 320, 736, 2368, 49407, 49407);
    }
  }

  private static StoredTensor rows(StoredTensor tensor, int rows) {
    return TinyModel.filled(
        new StoredTensor(
            tensor.name(),
            DType.FLOAT32,
            Shape.of(rows, tensor.shape().dim(1)),
            MemorySegment.ofArray(new float[rows * (int) tensor.shape().dim(1)])),
        0.5F);
  }

  private static void delete(Path folder) {
    try {
      for (String name : List.of("vocab.json", "merges.txt", "tokenizer_config.json")) {
        Files.delete(folder.resolve(name));
      }
      Files.delete(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void a_model_that_paints_inside_a_mask_is_told_by_its_first_tensor() {
    Path inpainting =
        tiny("sd1")
            .changed(
                "inpainting",
                Map.of(),
                tensor ->
                    List.of(
                        tensor.name().equals("model.diffusion_model.input_blocks.0.0.weight")
                            ? kernel(tensor, 9)
                            : tensor));

    try (Checkpoint model = open(inpainting)) {
      assertThat(model.family()).isEqualTo(new ModelFamily.StableDiffusion(true));
    }
  }

  private static StoredTensor kernel(StoredTensor tensor, int inputs) {
    int count = (int) tensor.shape().dim(0) * inputs * 9;
    return new StoredTensor(
        tensor.name(),
        DType.FLOAT32,
        Shape.of(tensor.shape().dim(0), inputs, 3, 3),
        MemorySegment.ofArray(new float[count]));
  }

  @Test
  void of_a_refused_file_nothing_stays_open() throws IOException {
    TinyOriginal tiny = tiny("sd1");
    Path broken =
        tiny.changed(
            "broken",
            Map.of(),
            tensor ->
                tensor.name().equals("first_stage_model.decoder.conv_out.bias")
                    ? List.of(rowsOf(tensor, 2))
                    : List.of(tensor));

    assertThatThrownBy(() -> open(broken))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("tensor decoder.conv_out.bias is [2] but this config needs [3]");
    OpenFiles.assertNoneBelow(directory);
  }

  private static StoredTensor rowsOf(StoredTensor tensor, int length) {
    return new StoredTensor(
        tensor.name(), DType.FLOAT32, Shape.of(length), MemorySegment.ofArray(new float[length]));
  }

  @Test
  void names_that_no_network_has_are_refused() {
    Path forged =
        tiny("sd1")
            .changed(
                "forged",
                Map.of(),
                tensor ->
                    tensor.name().equals("betas")
                        ? List.of(tensor.named("be\u001btas"))
                        : List.of(tensor));

    assertThatThrownBy(() -> open(forged))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("holds a tensor of the name 'be\\u001btas'");
  }
}
