package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileHash;
import io.songe.format.JsonConfig;
import io.songe.format.SafetensorsFile;
import io.songe.image.Image;
import io.songe.model.unet.UNetConfig;
import io.songe.model.unet.UNetConfig.Middle;
import io.songe.pipeline.Precision;
import io.songe.pipeline.TextToImage;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderWriterTest {
  private static final String UNET = "unet/diffusion_pytorch_model.safetensors";
  private static final String VAE = "vae/diffusion_pytorch_model.safetensors";
  private static final String TEXT = "text_encoder/model.safetensors";

  @TempDir Path temporary;
  private Path target;
  private Checkpoint model;

  @BeforeEach
  void open() {
    target = temporary.resolve("saved");
    model = Checkpoint.open(TinyModel.original().folder(), DType.FLOAT32);
  }

  @AfterEach
  void close() {
    model.close();
  }

  private static Map<String, byte[]> bytes(Path file, String withoutPrefix) {
    Map<String, byte[]> bytes = new TreeMap<>();
    try (SafetensorsFile weights = SafetensorsFile.open(file);
        Scope _ = Scope.open()) {
      for (String name : weights.names()) {
        Tensor tensor = weights.get(name).toTensor();
        assertThat(name).startsWith(withoutPrefix);
        bytes.put(
            name.substring(withoutPrefix.length()) + " " + tensor.dtype() + tensor.shape(),
            tensor.toBytes());
      }
    }
    return bytes;
  }

  private static void assertSameBits(Map<String, byte[]> actual, Map<String, byte[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
  }

  private static Image draw(Path folder) {
    try (TextToImage drawing = TextToImage.open(folder, Precision.FP32)) {
      return drawing
          .generate(drawing.request("a red cat", 3).withSize(32, 16).withSteps(4))
          .getFirst()
          .image();
    }
  }

  private List<String> namesBesideTarget() throws IOException {
    try (Stream<Path> names = Files.list(temporary)) {
      return names.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void a_saved_model_is_the_same_model() {
    ModelFolderWriter.write(model.parts(), target);

    try (Checkpoint saved = Checkpoint.open(target, DType.FLOAT32)) {
      assertThat(saved.scheduler()).isEqualTo(model.scheduler());
      assertThat(saved.parts().textEncoders().getFirst().config())
          .isEqualTo(model.parts().textEncoders().getFirst().config());
      assertThat(saved.parts().unet().config()).isEqualTo(model.parts().unet().config());
      assertThat(saved.parts().autoencoder().config())
          .isEqualTo(model.parts().autoencoder().config());
      assertThat(saved.card().withWeights(model.weightsSha256()))
          .isEqualTo(model.card().withWeights(model.weightsSha256()));
    }
    TinyModel original = TinyModel.original();
    assertSameBits(bytes(target.resolve(UNET), ""), bytes(original.file(UNET), ""));
    assertSameBits(bytes(target.resolve(VAE), ""), bytes(original.file(VAE), ""));
    assertThat(draw(target)).isEqualTo(draw(original.folder()));
  }

  @Test
  void text_encoders_get_the_names_that_every_version_reads() {
    ModelFolderWriter.write(model.parts(), target);

    assertSameBits(
        bytes(target.resolve(TEXT), "text_model."), bytes(TinyModel.original().file(TEXT), ""));
  }

  @Test
  void saved_again_it_is_the_same_to_the_byte() throws IOException {
    ModelFolderWriter.write(model.parts(), target);
    Path again = temporary.resolve("again");
    try (Checkpoint saved = Checkpoint.open(target, DType.FLOAT32)) {
      ModelFolderWriter.write(saved.parts(), again);
    }

    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(again.resolve(target.relativize(file).toString()))
            .as(file.toString())
            .hasSameBinaryContentAs(file);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16", "FLOAT16"})
  void weights_are_stored_in_the_type_that_was_asked_for(DType dtype) {
    ModelFolderWriter.write(model.parts(), target, dtype);

    for (String file : List.of(UNET, VAE, TEXT)) {
      try (SafetensorsFile actual = SafetensorsFile.open(target.resolve(file));
          SafetensorsFile expected = SafetensorsFile.open(TinyModel.original().file(file));
          Scope _ = Scope.open()) {
        assertThat(actual.metadata()).isEqualTo(Map.of("format", "pt"));
        for (String name : expected.names()) {
          String theirs = file.equals(TEXT) ? "text_model." + name : name;
          Tensor converted = expected.get(name).toTensor().to(dtype);
          assertThat(actual.get(theirs).dtype()).isEqualTo(dtype);
          assertThat(actual.get(theirs).toTensor().toFloats()).isEqualTo(converted.toFloats());
        }
      }
    }
  }

  @Test
  void the_card_tells_the_fingerprint_of_the_new_weights() {
    ModelFolderWriter.write(model.parts(), target, DType.FLOAT32);

    try (Checkpoint saved = Checkpoint.open(target, DType.FLOAT32)) {
      assertThat(saved.card().weightsSha256())
          .hasValue(FileHash.sha256(target.resolve(UNET)))
          .isNotEqualTo(Optional.of(model.weightsSha256()));
      saved.requireUndamaged();
    }
  }

  @Test
  void companions_are_copied_as_they_are() throws IOException {
    TinyModel described = TinyModel.copyTo(temporary.resolve("described"));
    Files.writeString(described.file("README.md"), "# A model\n");
    Files.writeString(described.file("LICENSE"), "Do as you like.\n");
    Files.writeString(described.file("photo.png"), "not a part of it");
    try (Checkpoint opened = Checkpoint.open(described.folder(), DType.FLOAT32)) {
      ModelFolderWriter.write(opened.parts(), target);
    }

    for (String name :
        List.of(
            "README.md",
            "LICENSE",
            "scheduler/scheduler_config.json",
            "tokenizer/vocab.json",
            "tokenizer/merges.txt",
            "tokenizer/tokenizer_config.json")) {
      assertThat(target.resolve(name)).hasSameBinaryContentAs(described.file(name));
    }
    assertThat(target.resolve("photo.png")).doesNotExist();
  }

  @Test
  void without_a_file_to_copy_the_scheduler_is_written_from_its_config() {
    ModelParts all = model.parts();
    Map<String, Companion> copies = new HashMap<>(all.copies());
    copies.remove(ModelFolder.SCHEDULER);

    ModelFolderWriter.write(
        new ModelParts(
            all.card(),
            all.family(),
            all.scheduler(),
            all.textEncoders(),
            all.unet(),
            all.autoencoder(),
            copies),
        target);

    try (Checkpoint saved = Checkpoint.open(target, DType.FLOAT32)) {
      assertThat(saved.scheduler()).isEqualTo(model.scheduler());
    }
  }

  @Test
  void the_index_names_the_classes_of_the_parts() {
    ModelFolderWriter.write(model.parts(), target);

    ModelIndex index = ModelIndex.read(target);
    assertThat(index).isEqualTo(ModelIndex.read(TinyModel.original().folder()));
    JsonConfig json = JsonConfig.read(target.resolve(ModelIndex.FILE));
    assertThat(json.nullableStrings("safety_checker")).hasSize(2).allMatch(Optional::isEmpty);
    assertThat(json.flag("requires_safety_checker")).isFalse();
  }

  @Test
  void equal_options_of_all_levels_are_written_as_one() {
    ModelFolderWriter.write(model.parts(), target);

    JsonConfig json = JsonConfig.read(target.resolve("unet/config.json"));
    assertThat(json.integer("layers_per_block")).isEqualTo(1);
    assertThat(json.integer("attention_head_dim")).isEqualTo(2);
    assertThat(json.integer("sample_size")).isEqualTo(8);
  }

  @Test
  void what_is_there_is_not_overwritten() throws IOException {
    Files.createDirectory(target);

    assertThatThrownBy(() -> ModelFolderWriter.write(model.parts(), target))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("saved exists already; choose another name, or remove it first");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void the_folder_above_must_exist() {
    Path lost = temporary.resolve("nowhere/saved");

    assertThatThrownBy(() -> ModelFolderWriter.write(model.parts(), lost))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("saved cannot be written: the folder above it does not exist; create it first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT64", "FLOAT64"})
  void other_types_are_refused(String dtype) throws IOException {
    assertThatThrownBy(() -> ModelFolderWriter.write(model.parts(), target, DType.valueOf(dtype)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("weights are stored as [FLOAT32, BFLOAT16, FLOAT16], got " + dtype);
    assertThat(namesBesideTarget()).isEmpty();
  }

  @Test
  void a_weight_beyond_half_precision_is_refused_and_nothing_is_left() throws IOException {
    TinyModel large = TinyModel.copyTo(temporary.resolve("large"));
    large.changeTensors(
        VAE,
        tensor ->
            tensor.name().equals("decoder.conv_out.bias")
                ? List.of(TinyModel.filled(tensor, 70_000))
                : List.of(tensor));

    try (Checkpoint opened = Checkpoint.open(large.folder(), DType.FLOAT32)) {
      assertThatThrownBy(() -> ModelFolderWriter.write(opened.parts(), target, DType.FLOAT16))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "tensor 'decoder.conv_out.bias' has elements that FLOAT16 cannot hold; choose"
                  + " FLOAT32 or BFLOAT16");
    }
    assertThat(namesBesideTarget()).containsExactly("large");
  }

  @Test
  void a_config_that_the_format_cannot_say_leaves_nothing() throws IOException {
    ModelParts all = model.parts();
    UNetConfig config = all.unet().config();
    UNetConfig impossible =
        new UNetConfig(
            config.inputChannels(),
            config.outputChannels(),
            config.levels().subList(0, 2),
            new Middle.Attending(4, 1),
            config.contextWidth(),
            config.linearProjection(),
            config.timeInjection(),
            config.added(),
            config.waves(),
            config.groups(),
            config.epsilon());
    ModelParts parts =
        new ModelParts(
            all.card(),
            all.family(),
            all.scheduler(),
            all.textEncoders(),
            new ModelParts.Network<>(impossible, all.unet().tensors()),
            all.autoencoder(),
            all.copies());

    assertThatThrownBy(() -> ModelFolderWriter.write(parts, target))
        .isInstanceOf(EngineException.class);
    assertThat(namesBesideTarget()).isEmpty();
  }

  @Test
  void a_companion_that_is_gone_leaves_nothing() throws IOException {
    ModelParts all = model.parts();
    ModelParts parts =
        new ModelParts(
            all.card(),
            all.family(),
            all.scheduler(),
            all.textEncoders(),
            all.unet(),
            all.autoencoder(),
            Map.of("README.md", Companion.of(temporary.resolve("gone.md"))));

    assertThatThrownBy(() -> ModelFolderWriter.write(parts, target))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith(
            "/gone.md: there is no such file; check the name, or download the model again");
    assertThat(namesBesideTarget()).isEmpty();
  }

  @Test
  void a_model_can_take_the_place_of_another() throws IOException {
    ModelFolderWriter.replace(model.parts(), target, DType.FLOAT32);
    byte[] first = Files.readAllBytes(target.resolve(UNET));
    Files.writeString(target.resolve("left over.txt"), "of the former");

    ModelFolderWriter.replace(model.parts(), target, DType.BFLOAT16);

    assertThat(Files.readAllBytes(target.resolve(UNET))).hasSizeLessThan(first.length);
    assertThat(target.resolve("left over.txt")).doesNotExist();
    try (Stream<Path> beside = Files.list(temporary)) {
      assertThat(beside).containsExactly(target);
    }
    Checkpoint.open(target, DType.FLOAT32).close();
  }

  @Test
  void a_model_that_cannot_be_written_leaves_the_former_one() throws IOException {
    ModelFolderWriter.replace(model.parts(), target, DType.FLOAT32);
    byte[] before = Files.readAllBytes(target.resolve(UNET));

    assertThatThrownBy(() -> ModelFolderWriter.replace(model.parts(), target, DType.INT8))
        .isInstanceOf(InvalidRequestException.class);

    assertThat(target.resolve(UNET)).hasBinaryContent(before);
  }
}
