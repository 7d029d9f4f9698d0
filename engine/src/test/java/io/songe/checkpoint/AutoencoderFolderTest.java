package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.model.vae.AutoencoderConfig;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoencoderFolderTest {
  @TempDir Path temporary;

  private static float[] decoded(Path folder) {
    try (AutoencoderFolder opened = AutoencoderFolder.open(folder, DType.FLOAT32);
        Scope _ = Scope.open()) {
      int channels = opened.network().latentChannels();
      return opened.network().decode(Tensor.full(.5, 1, channels, 2, 2)).toFloats();
    }
  }

  private static AutoencoderConfig copy(Path from, Path to) {
    try (AutoencoderFolder opened = AutoencoderFolder.open(from, DType.FLOAT32)) {
      AutoencoderFolder.write(to, opened.part());
      return opened.config();
    }
  }

  @Test
  void what_was_written_is_the_same_autoencoder() {
    Path model = TinyModel.original().folder();
    Path target = temporary.resolve("vae");

    AutoencoderConfig written = copy(model, target);

    try (AutoencoderFolder opened = AutoencoderFolder.open(target, DType.FLOAT32)) {
      assertThat(opened.config()).isEqualTo(written);
    }
    assertThat(decoded(target)).isEqualTo(decoded(model));
  }

  @Test
  void it_is_found_in_the_folder_above_too() {
    copy(TinyModel.original().folder(), temporary.resolve("vae"));

    assertThat(decoded(temporary)).isEqualTo(decoded(temporary.resolve("vae")));
  }

  @Test
  void an_older_one_is_replaced() throws IOException {
    Path target = temporary.resolve("vae");
    Files.createDirectory(target);
    Files.writeString(target.resolve("config.json"), "{}");

    copy(TinyModel.original().folder(), target);

    assertThat(decoded(target)).isEqualTo(decoded(TinyModel.original().folder()));
  }

  @Test
  void a_folder_that_cannot_be_made_is_told() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThatThrownBy(() -> copy(TinyModel.original().folder(), file.resolve("vae")))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("vae")
        .hasMessageContaining("could not be made");
  }

  @Test
  void a_folder_without_an_autoencoder_is_refused() {
    assertThatThrownBy(() -> AutoencoderFolder.open(temporary, DType.FLOAT32))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("config.json");
  }
}
