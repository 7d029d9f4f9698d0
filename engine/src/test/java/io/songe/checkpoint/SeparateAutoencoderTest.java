package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.BrokenFileException;
import io.songe.format.SafetensorsFile;
import io.songe.format.SafetensorsWriter;
import io.songe.format.StoredTensor;
import io.songe.model.Autoencoder;
import io.songe.model.GoldenModel;
import io.songe.model.vae.AutoencoderKlConfig;
import io.songe.model.vae.AutoencoderTinyConfig;
import io.songe.random.NoiseSource;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Autoencoders that take the place of a model's own. The model is of {@code
 * tools/golden/single_files.py}, the tiny autoencoder of {@code tools/golden/autoencoder_tiny.py}.
 */
class SeparateAutoencoderTest {
  private static final String PREFIX = "first_stage_model.";
  private static final String LAST = "decoder.conv_out.bias";

  @TempDir Path directory;
  private TinyOriginal model;
  private Path other;

  @BeforeEach
  void unpack() throws IOException {
    model = TinyOriginal.unpack("sd1", Files.createDirectory(directory.resolve("tiny")));
    other = directory.resolve("other.vae.safetensors");
  }

  /** Another autoencoder: the model's own with another last bias. */
  private void write(Path from, UnaryOperator<String> name) {
    write(from, name, List.of());
  }

  private void write(Path from, UnaryOperator<String> name, List<StoredTensor> more) {
    try (SafetensorsFile weights = SafetensorsFile.open(from)) {
      List<StoredTensor> tensors = new ArrayList<>(more);
      for (String theirs : weights.names()) {
        String renamed = name.apply(theirs);
        if (!renamed.isEmpty()) {
          StoredTensor tensor = weights.get(theirs).named(renamed);
          tensors.add(renamed.endsWith(LAST) ? TinyModel.filled(tensor, 0.25F) : tensor);
        }
      }
      SafetensorsWriter.write(other, tensors, Map.of());
    }
  }

  private static String onlyAutoencoder(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
  }

  private static float[] decoded(Autoencoder autoencoder) {
    try (Scope _ = Scope.open()) {
      return autoencoder.decode(NoiseSource.torch(3).next(Shape.of(1, 4, 4, 2))).toFloats();
    }
  }

  private Checkpoint open(Path autoencoder) {
    return Checkpoint.open(model.file(), DType.FLOAT32, autoencoder);
  }

  /** Its pictures are lighter, and nothing else of them is changed. */
  private void assertOther(Checkpoint opened) {
    float[] actual = decoded(opened.autoencoder());
    float[] own;
    float bias;
    try (Checkpoint whole = Checkpoint.open(model.file(), DType.FLOAT32);
        Scope _ = Scope.open()) {
      own = decoded(whole.autoencoder());
      bias =
          Objects.requireNonNull(whole.parts().autoencoder().tensors().get(LAST))
              .toTensor()
              .toFloats()[0];
    }
    for (int i = 0; i < own.length / 3; i++) {
      assertThat(actual[i]).isCloseTo(own[i] + 0.25F - bias, within(1e-5F));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "first_stage_model.", "vae."})
  void a_file_may_have_original_names_with_or_without_a_prefix(String prefix) {
    write(
        model.file(),
        name -> onlyAutoencoder(name).isEmpty() ? "" : prefix + onlyAutoencoder(name));

    try (Checkpoint opened = open(other)) {
      assertOther(opened);
      assertThat(opened.parts().autoencoder().config())
          .isInstanceOfSatisfying(
              AutoencoderKlConfig.class,
              config -> assertThat(config.scale().factor()).isEqualTo(0.18215));
    }
  }

  @Test
  void another_models_file_serves_too() {
    write(model.file(), UnaryOperator.identity());

    try (Checkpoint opened = open(other)) {
      assertOther(opened);
    }
  }

  @Test
  void a_file_may_have_the_names_of_the_folders() {
    write(
        model.folder().resolve("vae/diffusion_pytorch_model.safetensors"),
        UnaryOperator.identity());

    try (Checkpoint opened = open(other)) {
      assertOther(opened);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_folder_may_be_an_autoencoders_or_a_models(boolean whole) throws IOException {
    Path weights = model.folder().resolve("vae/diffusion_pytorch_model.safetensors");
    write(weights, UnaryOperator.identity());
    Files.delete(weights);
    Files.move(other, weights);

    try (Checkpoint opened = open(whole ? model.folder() : model.folder().resolve("vae"))) {
      assertOther(opened);
    }
  }

  @Test
  void what_judged_it_when_it_was_trained_is_left() {
    StoredTensor unneeded;
    try (SafetensorsFile weights = SafetensorsFile.open(model.file())) {
      unneeded = TinyModel.filled(weights.get("model_ema.decay").named("loss.logvar"), 0);
    }
    write(model.file(), SeparateAutoencoderTest::onlyAutoencoder, List.of(unneeded));

    try (Checkpoint opened = open(other)) {
      assertOther(opened);
    }
  }

  @Test
  void a_model_is_saved_with_it() {
    write(model.file(), SeparateAutoencoderTest::onlyAutoencoder);
    Path saved = directory.resolve("saved.safetensors");

    try (Checkpoint opened = open(other)) {
      SingleFileWriter.write(opened.parts(), saved);
      assertOther(opened);
    }

    try (Checkpoint opened = Checkpoint.open(saved, DType.FLOAT32)) {
      assertOther(opened);
    }
  }

  @Test
  void the_decoder_of_a_tiny_one_decodes_and_the_models_own_encodes() throws IOException {
    try (GoldenModel golden = GoldenModel.open("vae/taesd", directory);
        SafetensorsFile weights = SafetensorsFile.open(directory.resolve("model.safetensors"))) {
      SafetensorsWriter.write(other, published(weights), Map.of());

      try (Checkpoint opened = open(other);
          Checkpoint own = Checkpoint.open(model.file(), DType.FLOAT32);
          Scope _ = Scope.open()) {
        Tensor decoded = opened.autoencoder().decode(golden.number("latents"));
        Tensor pictures = golden.number("pictures");
        assertThat(decoded.toFloats())
            .usingComparatorWithPrecision(1e-4F)
            .containsExactly(golden.number("decoded").toFloats());
        assertThat(opened.autoencoder().encode(pictures).toFloats())
            .isEqualTo(own.autoencoder().encode(pictures).toFloats());
        assertThat(opened.parts().autoencoder().config())
            .isEqualTo(own.parts().autoencoder().config());
      }
    }
    OpenFiles.assertNoneBelow(directory.resolve("tiny"));
  }

  /** As the published decoder calls its tensors: it counts the squeeze at its entrance. */
  private static List<StoredTensor> published(SafetensorsFile weights) {
    String prefix = "decoder.layers.";
    return weights.names().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> {
          String rest = name.substring(prefix.length());
          int dot = rest.indexOf('.');
          int number = Integer.parseInt(rest.substring(0, dot)) + 1;
          return weights.get(name).named(number + rest.substring(dot));
        })
        .toList();
  }

  @Test
  void a_whole_tiny_one_replaces_both_directions() {
    try (GoldenModel golden = GoldenModel.open("vae/taesd", directory);
        Checkpoint opened = open(directory.resolve("model.safetensors"));
        Scope _ = Scope.open()) {
      assertThat(opened.autoencoder().encode(golden.number("pictures")).toFloats())
          .usingComparatorWithPrecision(1e-4F)
          .containsExactly(golden.number("encoded").toFloats());
      assertThat(opened.parts().autoencoder().config())
          .isInstanceOfSatisfying(
              AutoencoderTinyConfig.class,
              config -> assertThat(config.decoderBlocks()).containsExactly(3, 3, 3, 1));
    }
  }

  @Test
  void a_file_without_an_autoencoder_is_refused() throws IOException {
    write(model.file(), name -> onlyAutoencoder(name).isEmpty() ? name : "");

    assertThatThrownBy(() -> open(other))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith(
            "/other.vae.safetensors: holds no autoencoder that is known; it must be of the large"
                + " kind, with the names of a model's file or folder, or TAESD");
    OpenFiles.assertNoneBelow(directory);
  }

  @Test
  void tensors_that_do_not_belong_there_are_named() throws IOException {
    write(model.file(), name -> name.equals("betas") ? name : onlyAutoencoder(name));

    assertThatThrownBy(() -> open(other))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("a tensor does not belong to this config, betas;");
    OpenFiles.assertNoneBelow(directory);
  }

  @Test
  void latents_of_another_kind_are_refused() throws IOException {
    try (GoldenModel _ = GoldenModel.open("vae/mini", directory)) {
      assertThatThrownBy(() -> open(directory.resolve("model.safetensors")))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageEndingWith(
              "/model.safetensors: this autoencoder makes 4 channels at 8 times the side of latents"
                  + " of 4 channels, and the model's own 3 at 8 of 4; is it for another kind of"
                  + " model?");
    }
    OpenFiles.assertNoneBelow(directory.resolve("tiny"));
  }
}
