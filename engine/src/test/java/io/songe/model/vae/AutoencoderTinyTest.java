package io.songe.model.vae;

import static io.songe.model.GoldenModel.assertWithin;
import static io.songe.model.vae.SignalToNoise.decibels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.model.GoldenModel;
import io.songe.model.ListedParameters;
import io.songe.nn.NamedParameters;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against diffusers: tools/golden/autoencoder_tiny.py. */
class AutoencoderTinyTest {
  // sums in another order: a few hundred units in the last place of numbers around 1
  private static final double TOLERANCE = 1e-4;

  // BFLOAT16 keeps 8 bits, and some thirty layers add their roundings up
  private static final double DECIBELS = 45;

  @TempDir Path temporary;

  private static AutoencoderTinyConfig config(String name) {
    return switch (name) {
      case "taesd" -> sizes(3, 12, 12, 1);
      case "mini" -> sizes(4, 8, 12, 1.1266770412473188);
      default -> throw new AssertionError(name);
    };
  }

  private static AutoencoderTinyConfig sizes(
      int imageChannels, int encoderChannels, int decoderChannels, double scale) {
    return new AutoencoderTinyConfig(
        imageChannels,
        4,
        encoderChannels,
        List.of(1, 3, 3, 3),
        decoderChannels,
        List.of(3, 3, 3, 1),
        LatentScale.of(scale));
  }

  @ParameterizedTest
  @ValueSource(strings = {"taesd", "mini"})
  void pictures_are_encoded_as_by_the_reference(String name) {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/" + name, temporary);
        NamedParameters parameters = golden.parameters(DType.FLOAT32)) {
      var autoencoder = new AutoencoderTiny(config(name), parameters);

      Tensor latents = autoencoder.encode(golden.number("pictures"));

      assertWithin(TOLERANCE, latents, golden.number("encoded"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"taesd", "mini"})
  void latents_are_decoded_as_by_the_reference(String name) {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/" + name, temporary);
        NamedParameters parameters = golden.parameters(DType.FLOAT32)) {
      var autoencoder = new AutoencoderTiny(config(name), parameters);

      Tensor pictures = autoencoder.decode(golden.number("latents"));

      assertWithin(TOLERANCE, pictures, golden.number("decoded"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"taesd", "mini"})
  void half_the_bits_give_nearly_the_same(String name) {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/" + name, temporary);
        NamedParameters parameters = golden.parameters(DType.BFLOAT16)) {
      var autoencoder = new AutoencoderTiny(config(name), parameters);

      Tensor latents = autoencoder.encode(golden.number("pictures"));
      Tensor pictures = autoencoder.decode(golden.number("latents"));

      assertThat(latents.dtype()).isEqualTo(DType.FLOAT32);
      assertThat(pictures.dtype()).isEqualTo(DType.FLOAT32);
      assertThat(decibels(latents, golden.number("encoded"))).isGreaterThan(DECIBELS);
      assertThat(decibels(pictures, golden.number("decoded"))).isGreaterThan(DECIBELS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"taesd", "mini"})
  void every_tensor_of_a_published_file_is_used(String name) {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/" + name, temporary);
        NamedParameters parameters = golden.parameters(DType.FLOAT32)) {
      new AutoencoderTiny(config(name), parameters);

      parameters.refuseUnused(golden.names());
    }
  }

  @Test
  void noise_changes_nothing_where_a_picture_has_one_latent() {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/mini", temporary);
        NamedParameters parameters = golden.parameters(DType.FLOAT32)) {
      var autoencoder = new AutoencoderTiny(config("mini"), parameters);

      Tensor latents = autoencoder.encode(golden.number("pictures"), _ -> golden.number("latents"));

      assertWithin(TOLERANCE, latents, golden.number("encoded"));
    }
  }

  @Test
  void a_missing_tensor_is_named() {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/mini", temporary);
        NamedParameters parameters = golden.parametersWithout("decoder.layers.6.weight")) {
      assertThatThrownBy(() -> new AutoencoderTiny(config("mini"), parameters))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageContaining("no tensor decoder.layers.6.weight");
    }
  }

  @Test
  void a_tensor_of_another_shape_is_named_with_both_shapes() {
    AutoencoderTinyConfig other = sizes(3, 8, 12, 1);
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/mini", temporary);
        NamedParameters parameters = golden.parameters(DType.FLOAT32)) {
      assertThatThrownBy(() -> new AutoencoderTiny(other, parameters))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageContaining("encoder.layers.0.weight is [8, 4, 3, 3]")
          .hasMessageContaining("needs [8, 3, 3, 3]");
    }
  }

  @Test
  void pictures_without_coverage_are_refused_by_a_network_that_needs_it() {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/mini", temporary);
        NamedParameters parameters = golden.parameters(DType.FLOAT32)) {
      var autoencoder = new AutoencoderTiny(config("mini"), parameters);
      Tensor pictures = Tensor.zeros(1, 3, 32, 32);

      assertThatThrownBy(() -> autoencoder.encode(pictures))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("[batch, 4, height, width]")
          .hasMessageContaining("got [1, 3, 32, 32]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"taesd", "mini"})
  void the_published_sizes_ask_for_the_published_tensors(String name) {
    AutoencoderTinyConfig sizes =
        name.equals("taesd") ? AutoencoderTinyConfig.taesd() : sizes(4, 64, 64, 1);
    try (ListedParameters parameters = new ListedParameters()) {
      var autoencoder = new AutoencoderTiny(sizes, parameters);

      assertThat(parameters.asked()).isEqualTo(GoldenModel.names("vae/names/" + name + ".txt.gz"));
      assertThat(autoencoder.imageChannels()).isEqualTo(sizes.imageChannels());
      assertThat(autoencoder.latentChannels()).isEqualTo(4);
      assertThat(autoencoder.factor()).isEqualTo(8);
    }
  }
}
