package io.songe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.TinyModel;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.sampler.Samplers;
import io.songe.format.SafetensorsFile;
import io.songe.image.Image;
import io.songe.tensor.Scope;
import io.songe.text.Prompt;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole pictures under many samplers. Golden pictures: tools/golden/solver_pictures.py. */
class SolverPicturesTest {
  private static TextToImage model;
  private static SafetensorsFile golden;

  @BeforeAll
  static void open() throws URISyntaxException {
    model = TextToImage.open(TinyModel.original().folder(), Precision.FP32);
    String name = "/golden/diffusion/pictures.safetensors";
    golden =
        SafetensorsFile.open(
            Path.of(
                Objects.requireNonNull(SolverPicturesTest.class.getResource(name), name).toURI()));
  }

  @AfterAll
  static void close() {
    model.close();
    golden.close();
  }

  private static String described(String key) {
    return Objects.requireNonNull(golden.metadata().get(key), key);
  }

  private static GenerationRequest asked() {
    return model
        .request(described("prompt"), Long.parseLong(described("seed")))
        .withPrompt(new Prompt(described("prompt"), described("negative")))
        .withSize(16, 16)
        .withSteps(Integer.parseInt(described("steps")))
        .withGuidance(new Guidance.ClassifierFree(7.5));
  }

  @Test
  void a_model_of_pndm_draws_what_the_reference_draws_with_it() {
    assertThat(asked().sampler().sampler().id()).isEqualTo("plms");
    assertAlmost(asked(), "own");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ddpm", "lms", "deis", "unipc", "dpm2", "dpm2_a", "lcm", "sa_solver"})
  void a_sampler_draws_what_the_reference_draws_with_its_class(String sampler) {
    assertAlmost(asked().withSampler(Samplers.choose(sampler, "model")), sampler);
  }

  /** Rounding may fall to the other side of a half, never further. */
  private static void assertAlmost(GenerationRequest request, String name) {
    Image actual = model.generate(request).getFirst().image();

    byte[] should;
    try (Scope _ = Scope.open()) {
      should = Image.fromPlanes(16, 16, golden.get(name).toTensor().toFloats()).rgba();
    }
    byte[] is = actual.rgba();
    int off = 0;
    for (int i = 0; i < is.length; i++) {
      int difference = Math.abs(Byte.toUnsignedInt(is[i]) - Byte.toUnsignedInt(should[i]));
      assertThat(difference).as("levels by which channel %d is off", i).isLessThanOrEqualTo(1);
      off += difference;
    }
    assertThat(off).as("channels that are off").isLessThan(is.length / 100);
  }
}
