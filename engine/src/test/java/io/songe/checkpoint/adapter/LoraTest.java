package io.songe.checkpoint.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.format.SafetensorsWriter;
import io.songe.format.StoredTensor;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused when a LoRA is opened, or compared with a model. */
class LoraTest {
  private static final String LAYER = "lora_unet_down_blocks_0_attn1_to_q";
  private static final String WEIGHT = "down_blocks.0.attn1.to_q.weight";

  @TempDir private Path folder;

  private static StoredTensor tensor(String name, float value, long... extents) {
    Shape shape = Shape.of(extents);
    float[] values = new float[Math.toIntExact(shape.elements())];
    Arrays.fill(values, value);
    return new StoredTensor(name, DType.FLOAT32, shape, MemorySegment.ofArray(values));
  }

  private static List<StoredTensor> layer(String name) {
    return List.of(
        tensor(name + ".lora_down.weight", 1, 2, 3), tensor(name + ".lora_up.weight", 1, 4, 2));
  }

  private Path file(List<StoredTensor> tensors, Map<String, String> metadata) {
    Path file = folder.resolve("ink.safetensors");
    SafetensorsWriter.write(file, tensors, metadata);
    return file;
  }

  private Path file(List<StoredTensor> tensors) {
    return file(tensors, Map.of());
  }

  private String refusal(StoredTensor... tensors) {
    Path file = file(List.of(tensors));
    try (Lora lora = Lora.open(file)) {
      throw new AssertionError("opened " + lora.name());
    } catch (BrokenFileException refused) {
      String message = String.valueOf(refused.getMessage());
      return message.substring(message.indexOf("ink.safetensors: ") + 17);
    }
  }

  private static AdaptedPart unet(Map<String, Shape> tensors) {
    return new AdaptedPart(AdaptedPart.Kind.UNET, tensors, Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "hada_w1_a, LoHa",
    "lokr_w1, LoKr",
    "dora_scale, DoRA",
    "lora_magnitude_vector, DoRA",
    "oft_blocks, OFT",
    "on_input, IA3",
    "a1.weight, GLoRA",
    "diff, full differences",
    "w_norm, changed norms"
  })
  void refuses_other_kinds_of_adapters_by_their_name(String tensor, String kind) {
    assertThat(refusal(tensor(LAYER + "." + tensor, 1, 2, 2)))
        .isEqualTo(
            "holds %s (%s.%s), a kind of adapter that this version does not apply; LoRA and LoCon are"
                .formatted(kind, LAYER, tensor));
  }

  @Test
  void refuses_tensors_that_are_of_no_lora() {
    List<StoredTensor> tensors = new ArrayList<>(layer(LAYER));
    for (int i = 0; i < 7; i++) {
      tensors.add(tensor("strange" + i, 1, 1));
    }

    assertThat(refusal(tensors.toArray(StoredTensor[]::new)))
        .isEqualTo(
            "7 of its 9 tensors are of no LoRA, such as strange0, strange1, strange2, strange3, strange4; is it another kind of file?");
  }

  @Test
  void refuses_a_layer_of_which_a_half_is_missing() {
    assertThat(refusal(tensor(LAYER + ".lora_up.weight", 1, 4, 2)))
        .isEqualTo(
            "lacks the down or the up of %s; is the file complete? Download it again"
                .formatted(LAYER));
  }

  @Test
  void refuses_two_matrices_of_different_ranks() {
    assertThat(
            refusal(
                tensor(LAYER + ".lora_down.weight", 1, 2, 3),
                tensor(LAYER + ".lora_up.weight", 1, 4, 5)))
        .isEqualTo(
            "the tensors of %s, down [2, 3], up [4, 5], do not fit each other; the file is damaged, download it again"
                .formatted(LAYER));
  }

  @Test
  void refuses_what_is_no_number() {
    assertThat(
            refusal(
                tensor(LAYER + ".lora_down.weight", Float.NaN, 2, 3),
                tensor(LAYER + ".lora_up.weight", 1, 4, 2)))
        .isEqualTo(
            "%s holds values that are infinite or not numbers; the file is damaged, download it again"
                .formatted(LAYER));
  }

  @Test
  void refuses_an_alpha_of_several_numbers() {
    List<StoredTensor> tensors = new ArrayList<>(layer(LAYER));
    tensors.add(tensor(LAYER + ".alpha", 1, 2));

    assertThat(refusal(tensors.toArray(StoredTensor[]::new)))
        .isEqualTo(
            "%s.alpha is [2] and not one number; the file is damaged, download it again"
                .formatted(LAYER));
  }

  @Test
  void refuses_a_dora_that_only_its_header_tells() {
    Path file =
        file(layer("unet." + WEIGHT), Map.of("lora_adapter_metadata", "{\"unet.use_dora\": true}"));

    assertThatThrownBy(() -> Lora.open(file))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            "lora_adapter_metadata: is an adapter of the kind DoRA, which this version does not apply; LoRA and LoCon are");
  }

  @Test
  void refuses_a_layer_of_another_shape_and_says_for_which_models_it_was_made() {
    Path file = file(layer(LAYER), Map.of("ss_base_model_version", "sd_v1"));
    AdaptedPart unet = unet(Map.of(WEIGHT, Shape.of(4, 5)));

    try (Lora lora = Lora.open(file)) {
      assertThatThrownBy(() -> LoraFit.of(lora, List.of(unet)))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageEndingWith(
              "ink.safetensors: does not fit this model: of the 1 layers that it changes, 1 has another shape there, such as %s, which is for [4, 3, 1, 1], not [4, 5]; it was made for Stable Diffusion 1; nothing was changed, choose a LoRA made for this kind of model"
                  .formatted(LAYER));
    }
  }

  @Test
  void refuses_a_layer_that_is_called_by_two_names() {
    List<StoredTensor> tensors = new ArrayList<>(layer(LAYER));
    tensors.addAll(layer("unet.down_blocks.0.attn1.processor.to_q"));
    AdaptedPart unet = unet(Map.of(WEIGHT, Shape.of(4, 3)));

    try (Lora lora = Lora.open(file(tensors))) {
      assertThatThrownBy(() -> LoraFit.of(lora, List.of(unet)))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageContaining("calls a layer of the model by two names, one of them ");
    }
  }

  @Test
  void tells_underscores_from_dots_by_the_models_own_names() {
    AdaptedPart unet =
        unet(Map.of(WEIGHT, Shape.of(4, 3), "down.blocks_0.attn2.to_q.weight", Shape.of(4, 3)));

    try (Lora lora = Lora.open(file(layer("lora_unet_down_blocks_0_attn2_to_q")))) {
      assertThat(LoraFit.of(lora, List.of(unet)).parts().getFirst())
          .containsOnlyKeys("down.blocks_0.attn2.to_q.weight");
    }
  }

  @Test
  void refuses_a_strength_that_is_no_number() {
    try (Lora lora = Lora.open(file(layer(LAYER)))) {
      assertThatThrownBy(() -> WeightedLora.of(lora, Double.NaN))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "the strength of the LoRA ink must be a number, such as 0.8, got NaN and NaN");
    }
  }

  @Test
  void changes_nothing_with_a_strength_of_zero() {
    AdaptedPart unet = unet(Map.of(WEIGHT, Shape.of(4, 3)));

    try (Lora lora = Lora.open(file(layer(LAYER)))) {
      Adaptation adaptation =
          Adaptation.of(List.of(unet), List.of(WeightedLora.of(lora, 0)), List.of());

      assertThat(adaptation.changes().getFirst().isEmpty()).isTrue();
    }
  }
}
