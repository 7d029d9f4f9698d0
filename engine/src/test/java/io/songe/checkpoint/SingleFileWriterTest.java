package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.diffusion.Betas;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.SolverOptions;
import io.songe.error.InvalidRequestException;
import io.songe.format.SafetensorsFile;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.text.PublishedTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models written as one file; the models are of {@code tools/golden/single_files.py}. */
class SingleFileWriterTest {
  @TempDir Path directory;

  private TinyOriginal tiny(String kind) throws IOException {
    return TinyOriginal.unpack(kind, Files.createDirectory(directory.resolve(kind)));
  }

  private static Checkpoint open(Path model) {
    return Checkpoint.open(model, DType.FLOAT32);
  }

  private static Path written(Path model, Path target) {
    try (Checkpoint opened = open(model)) {
      SingleFileWriter.write(opened.parts(), target);
    }
    return target;
  }

  private static Map<String, Integer> hashes(Path file) {
    Map<String, Integer> hashes = new TreeMap<>();
    try (SafetensorsFile weights = SafetensorsFile.open(file);
        Scope _ = Scope.open()) {
      for (String name : weights.names()) {
        byte[] bytes = weights.get(name).toTensor().toBytes();
        hashes.put(
            "%s %s %s".formatted(name, weights.get(name).dtype(), weights.get(name).shape()),
            Arrays.hashCode(bytes));
      }
    }
    return hashes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sd2", "xl"})
  void a_folder_becomes_the_file_that_was_published(String kind) throws IOException {
    TinyOriginal tiny = tiny(kind);

    Path file = written(tiny.folder(), directory.resolve("saved.safetensors"));

    Map<String, Integer> expected = hashes(tiny.file());
    // What no program needs, or had no place in the folder.
    expected
        .keySet()
        .removeIf(name ->
            name.matches("betas .*|denoiser.sigmas .*|model_ema.*|.*(position_ids|logit_scale) .*")
                || (kind.equals("sd2") && name.matches(".*(resblocks.2|text_projection).*")));
    Map<String, Integer> actual = hashes(file);
    if (kind.equals("sd2")) {
      assertThat(actual).containsKey("v_pred UINT8 [1]");
      actual.remove("v_pred UINT8 [1]");
    }
    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sd2", "xl"})
  void there_and_back_again_it_is_the_same_to_the_bit(String kind) throws IOException {
    TinyOriginal tiny = tiny(kind);
    Path saved = directory.resolve("saved");
    Path again = directory.resolve("again");
    try (Checkpoint folder = open(tiny.folder())) {
      ModelFolderWriter.write(folder.parts(), saved);
    }

    try (Checkpoint file = open(written(saved, directory.resolve("one.safetensors")))) {
      ModelFolderWriter.write(file.parts(), again);
    }

    try (Stream<Path> files = Files.walk(saved)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path other = again.resolve(saved.relativize(file));
        if (!file.endsWith("songe.json") && !file.endsWith("scheduler_config.json")) {
          assertThat(other).as(file.toString()).hasSameBinaryContentAs(file);
        }
      }
    }
    try (Checkpoint first = open(saved);
        Checkpoint last = open(again)) {
      assertThat(last.scheduler()).isEqualTo(first.scheduler());
      assertThat(last.card().side()).isEqualTo(first.card().side());
      assertThat(last.weightsSha256()).isEqualTo(first.weightsSha256());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16", "FLOAT16"})
  void weights_are_stored_in_the_type_that_was_asked_for(DType dtype) throws IOException {
    TinyOriginal tiny = tiny("xl");
    Path target = directory.resolve("saved.safetensors");

    try (Checkpoint model = open(tiny.file())) {
      SingleFileWriter.write(model.parts(), target, dtype);
    }

    try (SafetensorsFile saved = SafetensorsFile.open(target);
        SafetensorsFile original = SafetensorsFile.open(tiny.file());
        Scope _ = Scope.open()) {
      for (String name : saved.names()) {
        assertThat(saved.get(name).dtype()).as(name).isEqualTo(dtype);
        assertThat(saved.get(name).toTensor().toFloats())
            .as(name)
            .isEqualTo(original.get(name).toTensor().to(dtype).toFloats());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sd1, stable-diffusion-v1, epsilon, 32x32",
    "sd2, stable-diffusion-v2-768-v, v, 32x32",
    "xl, stable-diffusion-xl-v1-base, epsilon, 32x32"
  })
  void the_file_says_what_it_is(String kind, String architecture, String prediction, String size)
      throws IOException {
    Path file = written(tiny(kind).folder(), directory.resolve("saved.safetensors"));

    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      assertThat(saved.metadata())
          .containsEntry("format", "pt")
          .containsEntry("modelspec.architecture", architecture)
          .containsEntry("modelspec.prediction_type", prediction)
          .containsEntry("modelspec.resolution", size)
          .containsEntry("modelspec.title", "folder");
    }
  }

  @Test
  void a_tokenizer_that_is_not_clips_stands_beside_the_file() throws IOException {
    TinyOriginal tiny = tiny("xl");

    written(tiny.folder(), directory.resolve("saved.safetensors"));

    for (String name : new String[] {"tokenizer", "tokenizer_2"}) {
      for (String file : new String[] {"vocab.json", "merges.txt", "tokenizer_config.json"}) {
        assertThat(directory.resolve("saved." + name).resolve(file))
            .hasSameBinaryContentAs(tiny.folder().resolve(name).resolve(file));
      }
    }
    assertNothingHidden();
  }

  @Test
  void clips_own_tokenizer_is_not_written() throws IOException {
    ModelParts parts;
    Map<String, Companion> copies = new HashMap<>();
    PublishedTokenizer.CLIP
        .files()
        .forEach((name, bytes) -> copies.put("tokenizer/" + name, Companion.of(bytes)));
    try (Checkpoint model = open(tiny("sd1").folder())) {
      parts = model.parts();
      SingleFileWriter.write(
          new ModelParts(
              parts.card(),
              parts.family(),
              parts.scheduler(),
              parts.textEncoders(),
              parts.unet(),
              parts.autoencoder(),
              copies),
          directory.resolve("saved.safetensors"));
    }

    assertThat(directory.resolve("saved.safetensors")).isRegularFile();
    assertThat(directory.resolve("saved.tokenizer")).doesNotExist();
    assertNothingHidden();
  }

  private void assertNothingHidden() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> Objects.requireNonNull(file.getFileName()).toString()))
          .noneMatch(name -> name.startsWith("."));
    }
  }

  private static ModelParts with(ModelParts parts, SchedulerConfig scheduler) {
    return new ModelParts(
        parts.card(),
        parts.family(),
        scheduler,
        parts.textEncoders(),
        parts.unet(),
        parts.autoencoder(),
        parts.copies());
  }

  @Test
  void velocity_up_to_no_signal_is_marked() throws IOException {
    Path target = directory.resolve("saved.safetensors");
    SchedulerConfig scheduler =
        SchedulerConfig.builder("PNDMScheduler")
            .betas(Betas.ScaledLinear.stableDiffusion())
            .stepsOffset(1)
            .alphaToOne(false)
            .prediction(new Prediction.Velocity())
            .zeroTerminalSignal(true)
            .solver(new SolverOptions.PseudoNumerical(false))
            .build();
    try (Checkpoint model = open(tiny("sd1").folder())) {
      SingleFileWriter.write(with(model.parts(), scheduler), target);
    }

    try (Checkpoint saved = open(target)) {
      assertThat(saved.scheduler()).isEqualTo(scheduler);
    }
  }

  @Test
  void noise_levels_that_a_file_cannot_say_are_refused() throws IOException {
    SchedulerConfig other =
        SchedulerConfig.builder("DDIMScheduler").betas(new Betas.SquaredCosine(1000)).build();

    try (Checkpoint model = open(tiny("sd1").folder())) {
      assertThatThrownBy(() ->
              SingleFileWriter.write(
                  with(model.parts(), other), directory.resolve("saved.safetensors")))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "this model cannot be one file with the original names, since it was trained on other"
                  + " noise levels; save it as a folder");
    }
    assertNothingHidden();
  }

  @Test
  void an_empty_negative_prompt_that_stands_for_itself_is_refused() throws IOException {
    TinyOriginal tiny = tiny("xl");
    Path index = tiny.folder().resolve("model_index.json");
    String before = Files.readString(index);
    String after =
        before.replace(
            "\"force_zeros_for_empty_prompt\": true", "\"force_zeros_for_empty_prompt\": false");
    assertThat(after).isNotEqualTo(before);
    Files.writeString(index, after);

    assertThatThrownBy(() -> written(tiny.folder(), directory.resolve("saved.safetensors")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("what stands for an empty negative prompt");
  }

  @Test
  void a_model_with_other_heads_than_the_published_is_refused() {
    try (Checkpoint model = open(TinyModel.original().folder())) {
      assertThatThrownBy(
              () -> SingleFileWriter.write(model.parts(), directory.resolve("saved.safetensors")))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "this model cannot be one file with the original names, since heads, groups or other"
                  + " options of its U-Net, which a file does not say, are not those of published"
                  + " models; save it as a folder");
    }
  }

  @Test
  void what_is_there_is_not_overwritten() throws IOException {
    TinyOriginal tiny = tiny("sd1");
    byte[] before = Files.readAllBytes(tiny.file());

    assertThatThrownBy(() -> written(tiny.folder(), tiny.file()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "sd1/model.safetensors exists already; choose another name, or remove it first");
    assertThat(tiny.file()).hasBinaryContent(before);
  }

  @Test
  void nor_is_a_tokenizer() throws IOException {
    TinyOriginal tiny = tiny("sd1");
    Files.createDirectory(directory.resolve("saved.tokenizer"));

    assertThatThrownBy(() -> written(tiny.folder(), directory.resolve("saved.safetensors")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageEndingWith(
            "/saved.tokenizer exists already; choose another name, or remove it first");
    assertThat(directory.resolve("saved.safetensors")).doesNotExist();
    assertNothingHidden();
  }

  @Test
  void a_summary_is_the_same_of_folder_and_file() throws IOException {
    TinyOriginal tiny = tiny("xl");

    ModelSummary file = ModelSummary.read(tiny.file());

    ModelSummary folder = ModelSummary.read(tiny.folder());
    assertThat(file.pipeline()).isEqualTo(folder.pipeline());
    assertThat(file.parameters()).isEqualTo(folder.parameters());
    assertThat(file.parts().stream().map(ModelSummary.Part::type))
        .isEqualTo(folder.parts().stream().map(ModelSummary.Part::type).toList());
    assertThat(ModelSummary.weightsAreIntact(tiny.file())).isTrue();
  }
}
