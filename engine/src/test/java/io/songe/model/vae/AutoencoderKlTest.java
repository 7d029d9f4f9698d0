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

/** Against diffusers: tools/golden/autoencoder_kl.py. */
class AutoencoderKlTest {
  // sums in another order: a few hundred units in the last place of numbers around 1
  private static final double TOLERANCE = 1e-4;

  // BFLOAT16 keeps 8 bits, and some twenty layers add their roundings up
  private static final double DECIBELS = 45;

  @TempDir Path temporary;

  private static AutoencoderKlConfig config(String name) {
    return switch (name) {
      case "sd1", "sd2" -> fourLevels(0.18215);
      case "sdxl" -> fourLevels(0.13025);
      case "sd3" ->
          new AutoencoderKlConfig(
              3,
              16,
              List.of(8, 8, 16),
              1,
              8,
              false,
              false,
              false,
              true,
              new LatentScale(1.5305, 0.0609));
      default -> throw new AssertionError(name);
    };
  }

  private static AutoencoderKlConfig fourLevels(double scale) {
    return new AutoencoderKlConfig(
        3, 4, List.of(8, 16, 16, 16), 2, 4, true, true, true, true, LatentScale.of(scale));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sd2", "sdxl", "sd3"})
  void pictures_have_the_distribution_of_the_reference(String name) {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/" + name, temporary);
        NamedParameters parameters = golden.parameters(DType.FLOAT32)) {
      var autoencoder = new AutoencoderKl(config(name), parameters);

      Posterior posterior = autoencoder.posterior(golden.number("pictures"));

      assertWithin(TOLERANCE, posterior.mean(), golden.number("mean"));
      assertWithin(TOLERANCE, posterior.logVariance(), golden.number("log_variance"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sd2", "sdxl", "sd3"})
  void pictures_are_encoded_as_by_the_reference(String name) {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/" + name, temporary);
        NamedParameters parameters = golden.parameters(DType.FLOAT32)) {
      var autoencoder = new AutoencoderKl(config(name), parameters);
      Tensor pictures = golden.number("pictures");

      Tensor likeliest = autoencoder.encode(pictures);
      Tensor sampled = autoencoder.encode(pictures, _ -> golden.number("noise"));

      assertWithin(TOLERANCE, likeliest, golden.number("encoded"));
      assertWithin(TOLERANCE, sampled, golden.number("sampled"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sd2", "sdxl", "sd3"})
  void latents_are_decoded_as_by_the_reference(String name) {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/" + name, temporary);
        NamedParameters parameters = golden.parameters(DType.FLOAT32)) {
      var autoencoder = new AutoencoderKl(config(name), parameters);

      Tensor pictures = autoencoder.decode(golden.number("latents"));

      assertWithin(TOLERANCE, pictures, golden.number("decoded"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sd2", "sdxl", "sd3"})
  void half_the_bits_give_nearly_the_same(String name) {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/" + name, temporary);
        NamedParameters parameters = golden.parameters(DType.BFLOAT16)) {
      var autoencoder = new AutoencoderKl(config(name), parameters);

      Tensor latents = autoencoder.encode(golden.number("pictures"));
      Tensor pictures = autoencoder.decode(golden.number("latents"));

      assertThat(latents.dtype()).isEqualTo(DType.FLOAT32);
      assertThat(pictures.dtype()).isEqualTo(DType.FLOAT32);
      assertThat(decibels(latents, golden.number("encoded"))).isGreaterThan(DECIBELS);
      assertThat(decibels(pictures, golden.number("decoded"))).isGreaterThan(DECIBELS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sd2", "sdxl", "sd3"})
  void every_tensor_of_a_published_file_is_used(String name) {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/" + name, temporary);
        NamedParameters parameters = golden.parameters(DType.FLOAT32)) {
      new AutoencoderKl(config(name), parameters);

      parameters.refuseUnused(golden.names());
    }
  }

  @Test
  void a_missing_tensor_is_named() {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/sd1", temporary);
        NamedParameters parameters =
            golden.parametersWithout("decoder.mid_block.attentions.0.to_out.0.bias")) {
      assertThatThrownBy(() -> new AutoencoderKl(config("sd1"), parameters))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageContaining("no tensor decoder.mid_block.attentions.0.to_out.0.bias");
    }
  }

  @Test
  void a_tensor_of_another_shape_is_named_with_both_shapes() {
    AutoencoderKlConfig other =
        new AutoencoderKlConfig(
            3, 8, List.of(8, 16, 16, 16), 2, 4, true, true, true, true, LatentScale.of(1));
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/sd1", temporary);
        NamedParameters parameters = golden.parameters(DType.FLOAT32)) {
      assertThatThrownBy(() -> new AutoencoderKl(other, parameters))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageContaining("encoder.conv_out.weight is [8, 16, 3, 3]")
          .hasMessageContaining("needs [16, 16, 3, 3]");
    }
  }

  @Test
  void pictures_whose_sides_do_not_divide_are_refused() {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/sd1", temporary);
        NamedParameters parameters = golden.parameters(DType.FLOAT32)) {
      var autoencoder = new AutoencoderKl(config("sd1"), parameters);
      Tensor pictures = Tensor.zeros(1, 3, 32, 36);

      assertThatThrownBy(() -> autoencoder.encode(pictures))
          .isInstanceOf(EngineException.class)
          .hasMessage(
              "pictures must be [batch, 3, height, width] with sides that are multiples of 8,"
                  + " got [1, 3, 32, 36]");
    }
  }

  @Test
  void latents_with_other_channels_are_refused() {
    try (Scope _ = Scope.open();
        GoldenModel golden = GoldenModel.open("vae/sd1", temporary);
        NamedParameters parameters = golden.parameters(DType.FLOAT32)) {
      var autoencoder = new AutoencoderKl(config("sd1"), parameters);
      Tensor latents = Tensor.zeros(1, 16, 4, 4);

      assertThatThrownBy(() -> autoencoder.decode(latents))
          .isInstanceOf(EngineException.class)
          .hasMessage("latents must be [batch, 4, height, width], got [1, 16, 4, 4]");
    }
  }

  @Test
  void the_published_configuration_asks_for_the_published_tensors() {
    try (ListedParameters parameters = new ListedParameters()) {
      var autoencoder = new AutoencoderKl(AutoencoderKlConfig.stableDiffusion1(), parameters);

      assertThat(parameters.asked()).isEqualTo(GoldenModel.names("vae/names/sd1.txt.gz"));
      assertThat(autoencoder.imageChannels()).isEqualTo(3);
      assertThat(autoencoder.latentChannels()).isEqualTo(4);
      assertThat(autoencoder.factor()).isEqualTo(8);
    }
  }
}
