package io.songe.mini;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.Checkpoint;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.sampler.Samplers;
import io.songe.format.SafetensorsFile;
import io.songe.image.Colour;
import io.songe.image.Fit;
import io.songe.image.Image;
import io.songe.image.ImageTensors;
import io.songe.image.Mask;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Precision;
import io.songe.pipeline.TextToImage;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.Source;
import io.songe.pipeline.edit.Start;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From a picture the bundled model draws what Python's diffusers draws with it, in FLOAT32. The
 * latents are diffusers' own, made by {@code tools/golden/editing.py}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenEditTest {
  private static final double LEAST_PSNR = 50;

  private final SafetensorsFile golden = golden();
  private final TextToImage songe = SongeMini.open(Precision.FP32);

  @AfterAll
  void close() {
    golden.close();
    songe.close();
  }

  private static SafetensorsFile golden() {
    String file = "/golden/pipeline/editing.safetensors";
    try {
      return SafetensorsFile.open(
          Path.of(Objects.requireNonNull(GoldenEditTest.class.getResource(file)).toURI()));
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private String described(String key) {
    return Objects.requireNonNull(golden.metadata().get(key), key);
  }

  private GenerationRequest asked(String sampler) {
    return songe
        .request(described("prompt"), Long.parseLong(described("seed")))
        .withSize(128, 128)
        .withSteps(Integer.parseInt(described("steps")))
        .withGuidance(new Guidance.ClassifierFree(Double.parseDouble(described("guidance"))))
        .withSampler(Samplers.choose(sampler, "model"));
  }

  @BeforeAll
  void fixtures_are_of_the_bundled_weights() {
    try (Checkpoint model = Checkpoint.open(SongeMini.folder(), DType.FLOAT32)) {
      assertThat(described("unet_sha256"))
          .as("the fixtures are of other weights: run tools/golden/editing.py")
          .isEqualTo(model.weightsSha256());
    }
  }

  /** A picture of [height, width, channels] bytes, grey if there is but one channel. */
  private Image picture(String name) {
    try (Scope _ = Scope.open()) {
      Tensor pixels = golden.get(name).toTensor().to(DType.FLOAT32);
      int channels = pixels.shape().rank() == 3 ? 3 : 1;
      float[] levels = pixels.toFloats();
      byte[] rgba = new byte[levels.length / channels * 4];
      for (int i = 0; i < rgba.length; i++) {
        rgba[i] = i % 4 == 3 ? -1 : (byte) levels[i / 4 * channels + Math.min(i % 4, channels - 1)];
      }
      return Image.of(128, 128, rgba);
    }
  }

  private Image expected(String name) {
    try (Checkpoint model = Checkpoint.open(SongeMini.folder(), DType.FLOAT32);
        Scope _ = Scope.open()) {
      return ImageTensors.toImage(model.autoencoder().decode(golden.get(name).toTensor()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ddim", "euler", "dpmpp_2m"})
  void a_picture_with_coverage_is_drawn_from_as_in_the_reference(String sampler) {
    Start start = new Start.Picture(Source.of(picture("picture")), Fit.STRETCH, 0.7);

    Image drawn = songe.generate(asked(sampler).from(start)).getFirst().image();

    assertThat(psnr(drawn, expected(sampler), Image.filled(128, 128, Colour.WHITE)))
        .isGreaterThanOrEqualTo(LEAST_PSNR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ddim", "euler", "dpmpp_2m"})
  void a_masked_part_is_drawn_as_in_the_reference(String sampler) {
    Masking masking =
        new Masking(
            Source.of(picture("mask")),
            Mask.Convention.BRIGHT,
            false,
            0,
            MaskedContent.ORIGINAL,
            new Masking.Area.Whole());
    Start start = new Start.Inpainted(Source.of(picture("picture")), masking, Fit.STRETCH, 0.7);

    Image drawn = songe.generate(asked(sampler).from(start)).getFirst().image();

    assertThat(psnr(drawn, expected(sampler + "-masked"), picture("mask")))
        .isGreaterThanOrEqualTo(LEAST_PSNR);
  }

  /** Seen over white, in dB, of the pixels where a mask is white. */
  private static double psnr(Image one, Image other, Image mask) {
    float[] a = one.toPlanes(3);
    float[] b = other.toPlanes(3);
    float[] white = mask.toPlanes(3);
    double squares = 0;
    int counted = 0;
    for (int i = 0; i < a.length; i++) {
      if (white[i] == 1) {
        squares += (a[i] - b[i]) * (a[i] - b[i]);
        counted++;
      }
    }
    return squares == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(4 * counted / squares);
  }
}
