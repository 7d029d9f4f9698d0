package io.songe.train.textimage;

import static io.songe.model.GoldenModel.assertWithin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.diffusion.Conditioning;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.format.SafetensorsFile;
import io.songe.model.HiddenLayer;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.unet.UNetConfig;
import io.songe.nn.Weights;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import io.songe.train.AdamW;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against numbers of PyTorch, diffusers and transformers; see tools/golden/diffusion_step.py. */
class DiffusionStepGoldenTest {
  private static final ClipTextConfig TEXT =
      new ClipTextConfig(
          20,
          8,
          16,
          1,
          2,
          6,
          ClipTextConfig.Activation.GELU,
          1e-5,
          new ClipTextConfig.EndOfText.FirstOf(19),
          new ClipTextConfig.Projection.None());

  private static final UNetConfig UNET =
      new UNetConfig(
          4,
          4,
          List.of(
              new UNetConfig.Level(8, 1, new UNetConfig.Attention.None()),
              new UNetConfig.Level(16, 1, UNetConfig.Attention.of(2, 1))),
          new UNetConfig.Middle.Attending(2, 1),
          8,
          true,
          UNetConfig.TimeInjection.SCALE_AND_SHIFT,
          new UNetConfig.Added.PooledText(2),
          new UNetConfig.Waves(true, 0),
          4,
          1e-5);

  /** The arithmetic is the same, in single precision and another order. */
  private static final double TOLERANCE = 1e-4;

  @TempDir Path temporary;
  private SafetensorsFile golden;
  private TextImageNetworks networks;

  @BeforeEach
  void open() throws IOException {
    Path file = temporary.resolve("golden.safetensors");
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(
                getClass().getResourceAsStream("/golden/train/diffusion_step.safetensors.gz")))) {
      Files.copy(in, file);
    }
    golden = SafetensorsFile.open(file);
    Map<String, Tensor> text = new LinkedHashMap<>();
    Map<String, Tensor> unet = new LinkedHashMap<>();
    try (Scope _ = Scope.open()) {
      TextImageNetworks.divide(named("before/"), text::put, unet::put);
      networks = TextImageNetworks.of(TEXT, UNET, Weights.of(text), Weights.of(unet));
    }
  }

  @AfterEach
  void close() {
    networks.close();
    golden.close();
  }

  private Map<String, Tensor> named(String prefix) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : golden.names()) {
      if (name.startsWith(prefix)) {
        tensors.put(name.substring(prefix.length()), tensor(name));
      }
    }
    return tensors;
  }

  private Tensor tensor(String name) {
    return golden.get(name).toTensor();
  }

  private Tensor loss(Prediction prediction, SnrWeighting weighting, int step) {
    return loss(
        TextImagePlan.scheduler(prediction, false),
        weighting,
        step,
        tensor(step + "/levels").toLongs());
  }

  private Tensor loss(SchedulerConfig scheduler, SnrWeighting weighting, int step, long[] levels) {
    Tensor context =
        networks
            .textEncoder(DType.FLOAT32)
            .encode(tensor(step + "/tokens"), HiddenLayer.last())
            .tokens();
    return new DenoisingLoss(new Noising(scheduler), weighting)
        .of(
            networks.noisePredictor(DType.FLOAT32),
            tensor(step + "/clean"),
            tensor(step + "/noise"),
            IntStream.range(0, levels.length).map(i -> (int) levels[i]).toArray(),
            Conditioning.of(context))
        .total();
  }

  static List<Kind> kinds() {
    return List.of(
        new Kind("velocity", new Prediction.Velocity(), new SnrWeighting.Capped(5)),
        new Kind("epsilon", new Prediction.Epsilon(), new SnrWeighting.Capped(5)),
        new Kind("flow", new Prediction.Flow(), new SnrWeighting.Even()));
  }

  record Kind(String name, Prediction prediction, SnrWeighting weighting) {}

  @ParameterizedTest
  @MethodSource("kinds")
  void the_loss_of_a_step_is_the_references(Kind kind) {
    try (Scope _ = Scope.open()) {
      double expected = tensor("loss/" + kind.name).item();

      assertThat(loss(kind.prediction, kind.weighting, 0).item())
          .isCloseTo(expected, within(TOLERANCE));
    }
  }

  @Test
  void the_loss_of_a_schedule_that_ends_in_noise_alone_is_the_references() {
    try (Scope _ = Scope.open()) {
      long[] levels = tensor("terminal/levels").toLongs();
      Tensor loss =
          loss(
              TextImagePlan.scheduler(new Prediction.Velocity(), true),
              new SnrWeighting.Even(),
              0,
              levels);

      assertThat(levels).contains(Noising.LEVELS - 1);
      assertThat(loss.item()).isCloseTo(tensor("loss/zero_terminal_snr").item(), within(TOLERANCE));
    }
  }

  @Test
  void the_gradients_of_a_step_are_the_references() {
    try (Scope _ = Scope.withGradients()) {
      Variable.backward(loss(new Prediction.Velocity(), new SnrWeighting.Capped(5), 0));

      named("gradient/")
          .forEach((name, expected) ->
              assertWithin(TOLERANCE, variable(name).gradient().orElseThrow(), expected));
      assertThat(Variable.clipGradients(List.copyOf(networks.variables().values()), .5))
          .isCloseTo(tensor("norm").item(), within(TOLERANCE));
    }
  }

  @Test
  void losses_and_weights_of_three_steps_are_the_references() {
    try (AdamW optimizer = new AdamW(networks.variables(), AdamW.Options.USUAL)) {
      for (int step = 0; step < 3; step++) {
        networks.variables().values().forEach(Variable::clearGradient);
        try (Scope _ = Scope.withGradients()) {
          Tensor loss = loss(new Prediction.Velocity(), new SnrWeighting.Capped(5), step);
          assertThat(loss.item()).isCloseTo(tensor(step + "/loss").item(), within(TOLERANCE));
          Variable.backward(loss);
          Variable.clipGradients(List.copyOf(networks.variables().values()), .5);
        }
        optimizer.step(step, 2e-3);
      }
    }

    try (Scope _ = Scope.open()) {
      named("after/")
          .forEach((name, expected) -> assertWithin(TOLERANCE, variable(name).value(), expected));
    }
  }

  private Variable variable(String name) {
    return Objects.requireNonNull(networks.variables().get(name), name);
  }
}
