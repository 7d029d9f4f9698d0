package io.songe.mini;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.Checkpoint;
import io.songe.diffusion.Conditioning;
import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.SamplingPlan;
import io.songe.diffusion.sampler.Samplers;
import io.songe.diffusion.sampler.StepListener;
import io.songe.file.FileHash;
import io.songe.format.SafetensorsFile;
import io.songe.model.HiddenLayer;
import io.songe.random.NoiseSource;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The bundled model draws what Python's diffusers draws with it: same phrase, same seed, 20 steps,
 * FLOAT32. The pictures are diffusers' own, made by {@code tools/golden/pipeline.py}, the
 * autoencoder's numbers by {@code tools/golden/mini_autoencoder.py}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenPictureTest {
  private static final double LEAST_PSNR = 50;
  private static final String AUTOENCODER = "vae/diffusion_pytorch_model.safetensors";
  private final Checkpoint model = Checkpoint.open(SongeMini.folder(), DType.FLOAT32);

  @BeforeAll
  void fixtures_are_of_the_bundled_weights() {
    try (SafetensorsFile golden = golden("pipeline/ddim-fr")) {
      assertThat(golden.metadata().get("unet_sha256"))
          .as("the fixtures are of other weights: run tools/golden/pipeline.py on this model")
          .isEqualTo(model.weightsSha256());
      assertThat(golden.metadata().get("vae_sha256"))
          .as("the fixtures are of another autoencoder: run tools/golden/pipeline.py on this model")
          .isEqualTo(FileHash.sha256(SongeMini.folder().resolve(AUTOENCODER)));
    }
  }

  @AfterAll
  void close() {
    model.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ddim-fr, ddim",
    "ddim-en, ddim",
    "euler-fr, euler",
    "euler-ancestral-fr, euler_a",
    "heun-fr, heun",
    "dpm-solver-multistep-fr, dpmpp_2m"
  })
  void a_sampler_draws_the_reference_picture(String fixture, String sampler) {
    try (SafetensorsFile golden = golden("pipeline/" + fixture);
        Scope _ = Scope.open()) {
      Tensor expected = golden.get("decoded").toTensor().to(DType.FLOAT32);

      Tensor decoded = draw(golden.metadata(), sampler);

      assertThat(psnr(decoded.clamp(-1, 1), expected.clamp(-1, 1)))
          .as("PSNR of %s in dB", fixture)
          .isGreaterThanOrEqualTo(LEAST_PSNR);
    }
  }

  private Tensor draw(Map<String, String> asked, String sampler) {
    Samplers.Choice chosen = Samplers.choose(sampler, "model");
    SamplingPlan plan =
        chosen
            .sampler()
            .plan(
                model.scheduler(),
                chosen.schedule().schedule(),
                Integer.parseInt(Objects.requireNonNull(asked.get("steps"))));
    double scale = Double.parseDouble(Objects.requireNonNull(asked.get("guidance")));
    Denoiser denoiser =
        plan.denoiser(
            model.unet(),
            new Guidance.ClassifierFree(scale),
            given(Objects.requireNonNull(asked.get("prompt"))),
            given(Objects.requireNonNull(asked.get("negative_prompt"))));
    NoiseSource noise =
        NoiseSource.torch(Long.parseLong(Objects.requireNonNull(asked.get("seed"))));
    Tensor start = plan.start(noise.next(Shape.of(1, 4, 32, 32)));
    Tensor sampled =
        chosen
            .sampler()
            .sampler()
            .sample(denoiser, start, plan.sigmas(), noise, StepListener.none());
    return model.autoencoder().decode(plan.finish(sampled));
  }

  private Conditioning given(String phrase) {
    int[] ids = model.textTowers().getFirst().tokenizer().truncated(phrase).toArray();
    Tensor tokens = Tensor.of(Arrays.stream(ids).asLongStream().toArray(), 1, ids.length);
    return Conditioning.of(
        model.textTowers().getFirst().encoder().encode(tokens, HiddenLayer.last()).tokens());
  }

  @Test
  void the_autoencoder_gives_the_references_numbers() {
    try (SafetensorsFile golden = golden("vae/golden");
        Scope _ = Scope.open()) {
      Tensor picture = golden.get("picture").toTensor().to(DType.FLOAT32).dividedBy(127.5).minus(1);

      double encoding =
          worst(model.autoencoder().encode(picture), golden.get("encoded").toTensor());
      double decoding =
          worst(
              model.autoencoder().decode(golden.get("latent").toTensor()),
              golden.get("decoded").toTensor());

      assertThat(encoding).isLessThan(1e-4);
      assertThat(decoding).isLessThan(1e-4);
    }
  }

  private static double worst(Tensor actual, Tensor expected) {
    return actual.minus(expected.to(DType.FLOAT32)).abs().reshape(-1).max(0).item();
  }

  /** Of tensors in [-1, 1], so that the peak is 2. */
  private static double psnr(Tensor actual, Tensor expected) {
    return 10 * Math.log10(4 / actual.minus(expected).square().mean().item());
  }

  private static SafetensorsFile golden(String name) {
    String file = "/golden/" + name + ".safetensors";
    try {
      return SafetensorsFile.open(
          Path.of(Objects.requireNonNull(GoldenPictureTest.class.getResource(file)).toURI()));
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
