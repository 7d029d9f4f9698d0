package io.songe.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.diffusion.Conditioning;
import io.songe.model.HiddenLayer;
import io.songe.model.TextFeatures;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.clip.ClipTextConfig.Activation;
import io.songe.model.clip.ClipTextConfig.EndOfText;
import io.songe.model.clip.ClipTextConfig.Projection;
import io.songe.model.clip.ClipTextEncoder;
import io.songe.model.unet.UNet;
import io.songe.model.unet.UNetConfig;
import io.songe.model.unet.UNetConfig.Added;
import io.songe.model.unet.UNetConfig.Attention;
import io.songe.model.unet.UNetConfig.Level;
import io.songe.model.unet.UNetConfig.Middle;
import io.songe.model.unet.UNetConfig.TimeInjection;
import io.songe.model.unet.UNetConfig.Waves;
import io.songe.model.vae.AutoencoderKl;
import io.songe.model.vae.AutoencoderKlConfig;
import io.songe.model.vae.AutoencoderTiny;
import io.songe.model.vae.AutoencoderTinyConfig;
import io.songe.model.vae.LatentScale;
import io.songe.nn.Conv2d;
import io.songe.nn.GroupNorm;
import io.songe.nn.LayerNorm;
import io.songe.nn.Linear;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.InPlace;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients with respect to every input and parameter, against those of PyTorch, diffusers and
 * transformers: tools/golden/gradients.py.
 */
class GradientsTest {
  @TempDir Path temporary;

  /** A layer on the parameters and inputs of a file. */
  private interface Layer {
    Tensor apply(Parameters p, GoldenGradients golden);
  }

  private static final Map<String, Layer> LAYERS =
      Map.ofEntries(
          Map.entry("conv", picture(p -> new Conv2d(4, 6, 3, p)::forward)),
          Map.entry("conv_stride", picture(p -> new Conv2d(4, 6, 3, 2, 1, p)::forward)),
          Map.entry(
              "conv_without_bias", picture(p -> Conv2d.withoutBias(4, 6, 3, 1, 1, p)::forward)),
          Map.entry("conv_pointwise", picture(p -> new Conv2d(4, 6, 1, p)::forward)),
          Map.entry(
              "conv_doubling",
              picture(p -> p.in("conv").doublingConvolution(Shape.of(6, 4, 3, 3))::apply)),
          Map.entry("linear", picture(p -> new Linear(6, 4, p)::forward)),
          Map.entry(
              "linear_joined",
              picture(
                  p -> Linear.joined(6, 4, List.of("to_q", "to_k", "to_v"), false, p)::forward)),
          Map.entry("gated", picture(p -> p.in("proj").gatedMap(Shape.of(16, 6))::apply)),
          Map.entry("group_norm", picture(p -> new GroupNorm(2, 4, 1e-5, p)::forward)),
          Map.entry("layer_norm", picture(p -> new LayerNorm(6, 1e-5, p)::forward)),
          Map.entry(
              "embedding",
              (p, golden) ->
                  Functional.embedding(p.table("weight", Shape.of(10, 4)), golden.input("ids"))),
          Map.entry("attention", (_, golden) -> attention(golden, false)),
          Map.entry("attention_to_text", (_, golden) -> attention(golden, false)),
          Map.entry("attention_causal", (_, golden) -> attention(golden, true)),
          Map.entry("silu", picture(_ -> Functional::silu)),
          Map.entry("gelu", picture(_ -> Functional::gelu)),
          Map.entry("quick_gelu", picture(_ -> Functional::quickGelu)),
          Map.entry("relu", picture(_ -> Functional::relu)),
          Map.entry("sigmoid", picture(_ -> Functional::sigmoid)),
          Map.entry("tanh", picture(_ -> Functional::tanh)),
          Map.entry("softmax", picture(_ -> Functional::softmax)),
          Map.entry("upsample", picture(_ -> x -> Functional.upsampleNearest(x, 9, 10))),
          Map.entry("average_pool", picture(_ -> x -> Functional.averagePool(x, 2))),
          Map.entry(
              "cross_entropy",
              (_, golden) ->
                  Functional.crossEntropy(golden.input("logits"), golden.input("targets"), -1)));

  private static Layer picture(Function<Parameters, UnaryOperator<Tensor>> of) {
    return (p, golden) -> of.apply(p).apply(golden.input("x"));
  }

  private static Tensor attention(GoldenGradients golden, boolean causal) {
    return Functional.attention(golden.input("q"), golden.input("k"), golden.input("v"), causal);
  }

  static List<String> layers() {
    return LAYERS.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void a_layer_leads_gradients_back_as_the_reference(String name) {
    try (Scope _ = Scope.withGradients();
        GoldenGradients golden = GoldenGradients.open("layers", name + "/", temporary)) {
      golden.compare(
          Objects.requireNonNull(LAYERS.get(name))
              .apply(golden.weights().parameters(DType.FLOAT32), golden));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"conv", "conv_stride", "conv_doubling", "group_norm", "silu"})
  void so_it_does_with_channels_innermost(String name) {
    try (Scope _ = Scope.withGradients();
        GoldenGradients golden = GoldenGradients.open("layers", name + "/", temporary)) {
      Parameters p = golden.weights().parameters(DType.FLOAT32);
      Tensor x = name.equals("silu") ? golden.input("x") : golden.input("x").channelsLast();
      golden.compare(
          switch (name) {
            case "conv" -> new Conv2d(4, 6, 3, p).forward(x);
            case "conv_stride" -> new Conv2d(4, 6, 3, 2, 1, p).forward(x);
            case "conv_doubling" -> p.in("conv").doublingConvolution(Shape.of(6, 4, 3, 3)).apply(x);
            case "group_norm" -> new GroupNorm(2, 4, 1e-5, p).forward(x);
            default -> InPlace.silu(x.plus(0));
          });
    }
  }

  @Test
  void the_loss_of_a_classification_is_that_of_the_reference() {
    try (Scope _ = Scope.open();
        GoldenGradients golden = GoldenGradients.open("layers", "cross_entropy/", temporary)) {
      Tensor loss = Functional.crossEntropy(golden.input("logits"), golden.input("targets"), -1);

      assertThat(GoldenGradients.distance(loss, golden.number("loss"))).isLessThan(1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unet_mini", "unet_sd1"})
  void a_unet_leads_gradients_back_as_the_reference(String name) {
    boolean mini = name.equals("unet_mini");
    try (Scope _ = Scope.withGradients();
        GoldenGradients golden = GoldenGradients.open(name, "", temporary)) {
      var network =
          new UNet(mini ? mini() : stableDiffusion1(), golden.weights().parameters(DType.FLOAT32));

      golden.compare(
          network.predict(
              golden.input("x"),
              golden.input("timesteps"),
              Conditioning.of(golden.input("context"))));
    }
  }

  @Test
  void half_the_bits_lead_gradients_back_in_nearly_the_same_direction() {
    try (Scope _ = Scope.withGradients();
        GoldenGradients golden = GoldenGradients.open("unet_mini", "", temporary)) {
      var network = new UNet(mini(), golden.weights().parameters(DType.BFLOAT16));

      double cosine =
          golden.cosine(
              network.predict(
                  golden.input("x"),
                  golden.input("timesteps"),
                  Conditioning.of(golden.input("context"))));

      // BFLOAT16 keeps 8 bits
      assertThat(cosine).isGreaterThan(.999);
    }
  }

  private static UNetConfig mini() {
    return unet(
        List.of(new Level(4, 1, new Attention.None()), new Level(8, 1, Attention.of(2, 1))),
        new Middle.Attending(2, 1),
        true,
        TimeInjection.SCALE_AND_SHIFT,
        new Added.PooledText(3));
  }

  private static UNetConfig stableDiffusion1() {
    return unet(
        List.of(new Level(4, 1, Attention.of(1, 1)), new Level(8, 1, new Attention.None())),
        new Middle.Residual(),
        false,
        TimeInjection.ADDITION,
        new Added.None());
  }

  private static UNetConfig unet(
      List<Level> levels, Middle middle, boolean linear, TimeInjection time, Added added) {
    return new UNetConfig(
        4, 4, levels, middle, 6, linear, time, added, new Waves(true, 0), 2, 1e-5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip_gelu", "clip_quick_gelu"})
  void a_text_encoder_leads_gradients_back_as_the_reference(String name) {
    Activation activation = name.equals("clip_gelu") ? Activation.GELU : Activation.QUICK_GELU;
    try (Scope _ = Scope.withGradients();
        GoldenGradients golden = GoldenGradients.open(name, "", temporary)) {
      var encoder =
          new ClipTextEncoder(clip(activation), golden.weights().parameters(DType.FLOAT32));

      golden.compare(features(encoder, golden.input("ids")));
    }
  }

  static ClipTextConfig clip(Activation activation) {
    return new ClipTextConfig(
        16, 8, 12, 2, 2, 6, activation, 1e-5, new EndOfText.FirstOf(15), new Projection.None());
  }

  /** [batch, tokens + 1, width]: the tokens' features and the pooled ones. */
  static Tensor features(ClipTextEncoder encoder, Tensor ids) {
    TextFeatures features = encoder.encode(ids, HiddenLayer.last());
    return Tensor.concat(List.of(features.tokens(), features.pooled().unsqueeze(1)), 1);
  }

  @Test
  void a_tiny_autoencoder_leads_gradients_back_as_the_reference() {
    try (Scope _ = Scope.withGradients();
        GoldenGradients golden = GoldenGradients.open("autoencoder_tiny", "", temporary)) {
      var autoencoder =
          new AutoencoderTiny(
              new AutoencoderTinyConfig(
                  4, 4, 4, List.of(1, 1), 4, List.of(1, 1), LatentScale.of(1)),
              golden.weights().parameters(DType.FLOAT32));

      golden.compare(autoencoder.decode(autoencoder.encode(golden.input("pictures"))));
    }
  }

  @Test
  void an_autoencoder_with_normalizations_leads_gradients_back_as_the_reference() {
    try (Scope _ = Scope.withGradients();
        GoldenGradients golden = GoldenGradients.open("autoencoder_kl", "", temporary)) {
      var autoencoder =
          new AutoencoderKl(
              new AutoencoderKlConfig(
                  4, 4, List.of(2, 4), 1, 1, true, true, true, false, LatentScale.of(1)),
              golden.weights().parameters(DType.FLOAT32));

      golden.compare(autoencoder.decode(autoencoder.encode(golden.input("pictures"))));
    }
  }
}
