package io.songe.train.textimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.ModelParts;
import io.songe.diffusion.Conditioning;
import io.songe.error.InvalidRequestException;
import io.songe.model.unet.UNet;
import io.songe.model.unet.UNetConfig;
import io.songe.nn.Initialization;
import io.songe.nn.Weights;
import io.songe.random.NoiseSource;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttendingUNetTest {
  private static ModelParts.Network<UNetConfig> old() {
    UNetConfig config =
        new TextImageSizes(List.of(32, 64, 128), List.of(false, false, true), 32, 1).unet(4);
    try (Weights weights = Weights.initial(p -> new UNet(config, p), Initialization.of(4))) {
      return new ModelParts.Network<>(config, TextImageExport.stored(weights.variables()));
    }
  }

  private static float[] predicted(ModelParts.Network<UNetConfig> network) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    network.tensors().forEach((name, stored) -> values.put(name, stored.toTensor()));
    try (Weights weights = Weights.of(values)) {
      return new UNet(network.config(), weights.parameters(DType.FLOAT32))
          .predict(
              NoiseSource.torch(2).next(Shape.of(2, 4, 16, 16)),
              Tensor.of(new float[] {500, 20}, 2),
              Conditioning.of(NoiseSource.torch(1).next(Shape.of(2, 5, 32))))
          .toFloats();
    }
  }

  private static byte[] bytes(ModelParts.Network<UNetConfig> network, String name) {
    return Objects.requireNonNull(network.tensors().get(name), name)
        .data()
        .toArray(ValueLayout.JAVA_BYTE);
  }

  @Test
  void at_first_it_answers_as_before() {
    try (Scope _ = Scope.open()) {
      ModelParts.Network<UNetConfig> old = old();

      float[] after = predicted(AttendingUNet.of(old, List.of(true, true, true), 1));

      float[] before = predicted(old);
      assertThat(after).usingComparatorWithPrecision(1e-6f).containsExactly(before);
    }
  }

  @Test
  void each_block_of_the_levels_has_a_transformer_and_all_else_is_kept() {
    ModelParts.Network<UNetConfig> old = old();

    ModelParts.Network<UNetConfig> attending = AttendingUNet.of(old, List.of(false, true, true), 1);

    assertThat(attending.config().levels())
        .extracting(UNetConfig.Level::attention)
        .containsExactly(
            new UNetConfig.Attention.None(),
            UNetConfig.Attention.of(1, 1),
            UNetConfig.Attention.of(2, 1));
    assertThat(attending.tensors().keySet()).containsAll(old.tensors().keySet());
    assertThat(attending.tensors().keySet())
        .filteredOn(name -> !old.tensors().containsKey(name) && name.endsWith("proj_out.weight"))
        .containsExactlyInAnyOrder(
            "down_blocks.1.attentions.0.proj_out.weight",
            "up_blocks.1.attentions.0.proj_out.weight",
            "up_blocks.1.attentions.1.proj_out.weight");
    assertThat(old.tensors().keySet())
        .allSatisfy(name -> assertThat(bytes(attending, name)).isEqualTo(bytes(old, name)));
  }

  @Test
  void another_seed_is_another_beginning_of_what_is_new() {
    String name = "up_blocks.1.attentions.1.transformer_blocks.0.attn2.to_k.weight";
    List<Boolean> attends = List.of(false, true, true);

    byte[] one = bytes(AttendingUNet.of(old(), attends, 1), name);

    assertThat(bytes(AttendingUNet.of(old(), attends, 1), name)).isEqualTo(one);
    assertThat(bytes(AttendingUNet.of(old(), attends, 2), name)).isNotEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,1", "0,0,1,1", "1,1,0"})
  void marks_that_do_not_fit_the_levels_are_refused(String marks) {
    List<Boolean> attends = List.of(marks.split(",", -1)).stream().map("1"::equals).toList();

    assertThatThrownBy(() -> AttendingUNet.of(old(), attends, 1))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "the U-Net to begin from has 3 levels, of which 0,0,1 attend to the text; more may,"
                + " and none may cease to, got "
                + marks);
  }
}
