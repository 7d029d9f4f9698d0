package io.songe.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.EngineException;
import io.songe.model.GoldenModel;
import io.songe.model.clip.ClipTextEncoder;
import io.songe.model.clip.TinyClipTextEncoders;
import io.songe.model.unet.UNet;
import io.songe.model.unet.UNetConfig;
import io.songe.model.vae.AutoencoderTiny;
import io.songe.model.vae.AutoencoderTinyConfig;
import io.songe.model.vae.LatentScale;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {
  private static final int IN = 300;
  private static final int OUT = 400;

  @TempDir Path temporary;

  @Test
  void a_unet_declares_the_tensors_of_the_published_files() {
    assertThat(declared(p -> new UNet(UNetConfig.songeMini(), p)))
        .isEqualTo(GoldenModel.names("unet/names/mini.txt.gz"));
  }

  @Test
  void an_autoencoder_declares_the_tensors_of_the_published_files() {
    var mini =
        new AutoencoderTinyConfig(
            4, 4, 64, List.of(1, 3, 3, 3), 64, List.of(3, 3, 3, 1), LatentScale.of(1));

    assertThat(declared(p -> new AutoencoderTiny(mini, p)))
        .isEqualTo(GoldenModel.names("vae/names/mini.txt.gz"));
  }

  @Test
  void a_text_encoder_declares_the_tensors_of_the_published_files() {
    try (GoldenModel golden = GoldenModel.open("clip/sdxl", temporary);
        Weights weights =
            Weights.initial(
                p -> new ClipTextEncoder(TinyClipTextEncoders.config("sdxl"), p),
                Initialization.of(0))) {
      assertThat(weights.variables().keySet()).containsExactlyInAnyOrderElementsOf(golden.names());
    }
  }

  private static Set<String> declared(Consumer<Parameters> network) {
    try (Weights weights = Weights.initial(network, Initialization.of(0))) {
      Set<String> lines = new TreeSet<>();
      weights.variables().forEach((name, value) -> lines.add(name + " " + value.shape()));
      return lines;
    }
  }

  @Test
  void affine_maps_begin_as_uniform_numbers_within_the_root_of_their_inputs() {
    // torch.nn.Linear and Conv2d: kaiming_uniform_ with a = sqrt(5), which is 1 / sqrt(inputs)
    try (Scope _ = Scope.open();
        Weights linear = weights(p -> new Linear(IN, OUT, p));
        Weights conv = weights(p -> new Conv2d(IN, OUT, 3, p))) {
      assertUniform(linear, "weight", IN);
      assertUniform(linear, "bias", IN);
      assertUniform(conv, "weight", IN * 9);
      assertUniform(conv, "bias", IN * 9);
    }
  }

  private static void assertUniform(Weights weights, String name, int inputs) {
    double bound = 1 / Math.sqrt(inputs);
    Tensor value = value(weights, name);
    double deviation = Math.sqrt(value.square().mean().item());
    assertThat(value.abs().max(0).toFloats()[0]).isLessThanOrEqualTo((float) bound);
    assertThat(value.mean().item()).isCloseTo(0, within(bound / 10));
    assertThat(deviation).isCloseTo(bound / Math.sqrt(3), within(bound / 20));
  }

  private static Tensor value(Weights weights, String name) {
    Variable variable = weights.variables().get(name);
    return Objects.requireNonNull(variable, name).value().reshape(-1);
  }

  @Test
  void normalizations_begin_as_the_identity_and_tables_as_small_normal_numbers() {
    try (Scope _ = Scope.open();
        Weights norm = weights(p -> new GroupNorm(2, 8, 1e-5, p.in("norm")));
        Weights table = weights(p -> p.table("weight", Shape.of(OUT, IN)))) {
      assertThat(value(norm, "norm.weight").toFloats()).containsOnly(1);
      assertThat(value(norm, "norm.bias").toFloats()).containsOnly(0);
      assertThat(Math.sqrt(value(table, "weight").square().mean().item()))
          .isCloseTo(.02, within(.0002));
    }
  }

  @Test
  void layers_that_are_named_begin_as_zeros() {
    Initialization zero = new Initialization(1, Set.of("out"));

    try (Scope _ = Scope.open();
        Weights weights =
            Weights.initial(
                p -> List.of(new Linear(2, 3, p.in("in")), new Linear(3, 2, p.in("out"))), zero)) {
      assertThat(value(weights, "out.weight").toFloats()).containsOnly(0);
      assertThat(value(weights, "out.bias").toFloats()).containsOnly(0);
      assertThat(value(weights, "in.weight").toFloats()).doesNotContain(0);
    }
  }

  @Test
  void a_tensor_depends_on_the_seed_and_its_name_alone() {
    try (Scope _ = Scope.open();
        Weights alone = weights(p -> new Linear(2, 3, p.in("a")));
        Weights both =
            weights(p -> List.of(new Linear(2, 3, p.in("b")), new Linear(2, 3, p.in("a"))))) {
      assertThat(value(both, "a.weight").toFloats())
          .isEqualTo(value(alone, "a.weight").toFloats())
          .isNotEqualTo(value(both, "b.weight").toFloats());
    }
  }

  @Test
  void a_network_in_half_the_bits_leads_gradients_to_whole_variables() {
    try (Scope _ = Scope.withGradients();
        Weights weights = weights(p -> new Conv2d(8, 8, 3, p))) {
      Tensor x = Tensor.full(1, 1, 8, 4, 4).to(DType.BFLOAT16);

      Tensor y = new Conv2d(8, 8, 3, weights.parameters(DType.BFLOAT16)).forward(x);
      Variable.backward(y.to(DType.FLOAT32).sum());

      assertThat(y.dtype()).isEqualTo(DType.BFLOAT16);
      assertThat(weights.variables().values())
          .allSatisfy(variable ->
              assertThat(variable.gradient().orElseThrow().dtype()).isEqualTo(DType.FLOAT32));
      Variable bias = weights.variables().lastEntry().getValue();
      assertThat(bias.gradient().orElseThrow().toFloats()).containsOnly(16);
    }
  }

  @Test
  void what_a_network_does_not_find_is_named() {
    try (Scope _ = Scope.open();
        Weights weights = Weights.of(Map.of("weight", Tensor.zeros(3, 2)))) {
      Parameters p = weights.parameters(DType.FLOAT32);

      assertThatThrownBy(() -> new Linear(2, 3, p))
          .isInstanceOf(EngineException.class)
          .hasMessage("these weights have no bias");
      assertThatThrownBy(() -> new Linear(4, 3, p))
          .isInstanceOf(EngineException.class)
          .hasMessage("weight is [3, 2], and [3, 4] was asked for");
    }
  }

  private static Weights weights(Consumer<Parameters> network) {
    return Weights.initial(network, Initialization.of(1));
  }
}
