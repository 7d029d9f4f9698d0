package io.songe.model.clip;

import static io.songe.model.GoldenModel.assertWithin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.model.GoldenModel;
import io.songe.model.HiddenLayer;
import io.songe.model.ListedParameters;
import io.songe.model.TextFeatures;
import io.songe.nn.NamedParameters;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against transformers' numbers for tiny encoders: tools/golden/clip.py. */
class ClipTextEncoderTest {
  /** What the project promises; seen is 2e-6. */
  private static final double FLOAT32 = 1e-4;

  /** Features are about 1, BFLOAT16 has 8 bits, and three layers add up; seen is 0.026. */
  private static final double BFLOAT16 = 0.06;

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({"sd1,1", "sd1,2", "sd1,3", "sd2,1", "sd2,2", "sd2,3", "sdxl,1", "sdxl,2", "sdxl,3"})
  void every_layer_gives_the_references_features(String model, int layer) {
    with(
        model,
        DType.FLOAT32,
        (encoder, golden) -> {
          Tensor ids = golden.number("ids");

          TextFeatures plain = encoder.encode(ids, new HiddenLayer(layer, false));
          TextFeatures normalized = encoder.encode(ids, new HiddenLayer(layer, true));

          assertWithin(FLOAT32, plain.tokens(), golden.number("hidden." + layer));
          assertWithin(FLOAT32, normalized.tokens(), golden.number("normalized." + layer));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sd2", "sdxl"})
  void pooled_features_come_from_the_end_of_the_last_layer(String model) {
    with(
        model,
        DType.FLOAT32,
        (encoder, golden) -> {
          TextFeatures features = encoder.encode(golden.number("ids"), HiddenLayer.penultimate());

          assertWithin(FLOAT32, features.pooled(), golden.number("pooled"));
          assertThat(features.pooled().dim(1)).isEqualTo(encoder.pooledWidth());
        });
  }

  @Test
  void a_text_may_be_shorter_than_the_positions() {
    with(
        "sd2",
        DType.FLOAT32,
        (encoder, golden) -> {
          Tensor ids = golden.number("ids").slice(0, 0, 1).slice(1, 0, 5);

          TextFeatures features = encoder.encode(ids, HiddenLayer.last());

          assertWithin(FLOAT32, features.tokens(), golden.number("short"));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sdxl"})
  void bfloat16_stays_near(String model) {
    with(
        model,
        DType.BFLOAT16,
        (encoder, golden) -> {
          TextFeatures features = encoder.encode(golden.number("ids"), HiddenLayer.last());

          assertWithin(BFLOAT16, features.tokens(), golden.number("last"));
          assertWithin(BFLOAT16, features.pooled(), golden.number("pooled"));
        });
  }

  @Test
  void more_layers_cannot_be_skipped_than_there_are() {
    with(
        "sd1",
        DType.FLOAT32,
        (encoder, golden) ->
            assertThatThrownBy(() -> encoder.encode(golden.number("ids"), HiddenLayer.clipSkip(4)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("clip skip 4 is more than this text encoder's 3 layers; use 1 to 3"));
  }

  @Test
  void a_text_cannot_have_more_tokens_than_positions() {
    with(
        "sd1",
        DType.FLOAT32,
        (encoder, _) ->
            assertThatThrownBy(
                    () -> encoder.encode(Tensor.of(new long[13], 1, 13), HiddenLayer.last()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                    "a text of 13 tokens is longer than this text encoder's 12; split it into chunks"));
  }

  @Test
  void a_text_without_its_end_is_our_mistake() {
    with(
        "sd2",
        DType.FLOAT32,
        (encoder, _) ->
            assertThatThrownBy(
                    () -> encoder.encode(Tensor.of(new long[] {60, 63}, 1, 2), HiddenLayer.last()))
                .isInstanceOf(EngineException.class)
                .hasMessage("a text without its mark of the end, token 61"));
  }

  @Test
  void a_missing_tensor_is_named() {
    try (GoldenModel golden = GoldenModel.open("clip/sd1", temporary);
        NamedParameters p = golden.parametersWithout("encoder.layers.1.self_attn.k_proj.bias")) {
      assertThatThrownBy(() -> new ClipTextEncoder(TinyClipTextEncoders.config("sd1"), p))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageContaining("no tensor encoder.layers.1.self_attn.k_proj.bias");
    }
  }

  @Test
  void another_models_tensor_is_named_with_both_shapes() {
    try (GoldenModel golden = GoldenModel.open("clip/sdxl", temporary);
        NamedParameters p = golden.parameters(DType.FLOAT32)) {
      assertThatThrownBy(() -> new ClipTextEncoder(ClipTextConfig.stableDiffusionXl(), p))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageContaining(
              "embeddings.token_embedding.weight is [64, 32] but this config needs [49408, 1280]");
    }
  }

  @Test
  void the_published_models_parameters_are_these() {
    assertThat(asked(ClipTextConfig.stableDiffusion1()))
        .isEqualTo(GoldenModel.names("clip/names/sd1.txt.gz"));
    assertThat(asked(ClipTextConfig.stableDiffusion2()))
        .isEqualTo(GoldenModel.names("clip/names/sd2.txt.gz"));
    assertThat(asked(ClipTextConfig.stableDiffusionXl()))
        .isEqualTo(GoldenModel.names("clip/names/sdxl.txt.gz"));
  }

  private static Iterable<String> asked(ClipTextConfig config) {
    try (ListedParameters listed = new ListedParameters()) {
      ClipTextEncoder encoder = new ClipTextEncoder(config, listed);
      assertThat(encoder.positions()).isEqualTo(77);
      return listed.asked();
    }
  }

  private void with(String model, DType dtype, BiConsumer<ClipTextEncoder, GoldenModel> test) {
    try (GoldenModel golden = GoldenModel.open("clip/" + model, temporary);
        NamedParameters p = golden.parameters(dtype);
        Scope _ = Scope.open()) {
      ClipTextEncoder encoder = new ClipTextEncoder(TinyClipTextEncoders.config(model), p);
      p.refuseUnused(golden.names());
      test.accept(encoder, golden);
    }
  }
}
