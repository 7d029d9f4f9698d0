package io.songe.checkpoint.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.adapter.AdaptedPart.Kind;
import io.songe.checkpoint.original.OriginalUNetNames;
import io.songe.model.GoldenModel;
import io.songe.model.unet.UNetConfig;
import io.songe.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that published LoRAs have, of U-Nets of the published sizes. */
class AdaptedPartTest {
  private static AdaptedPart published(String model, UNetConfig config) {
    Map<String, Shape> tensors = new HashMap<>();
    for (String line : GoldenModel.names("unet/names/" + model + ".txt.gz")) {
      int space = line.indexOf(' ');
      String extents = line.substring(space + 2, line.length() - 1);
      tensors.put(
          line.substring(0, space),
          Shape.of(Arrays.stream(extents.split(", ", -1)).mapToLong(Long::parseLong).toArray()));
    }
    Map<String, String> originals = new HashMap<>();
    OriginalUNetNames.of(config).forEach((ours, place) -> originals.put(ours, place.name()));
    return new AdaptedPart(Kind.UNET, tensors, originals);
  }

  @ParameterizedTest
  @CsvSource({
    "lora_unet_input_blocks_4_1_transformer_blocks_0_attn1_to_q, down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q",
    "lora_unet_input_blocks_8_1_transformer_blocks_9_ff_net_0_proj, down_blocks.2.attentions.1.transformer_blocks.9.ff.net.0.proj",
    "lora_unet_middle_block_1_proj_in, mid_block.attentions.0.proj_in",
    "lora_unet_output_blocks_2_2_conv, up_blocks.0.upsamplers.0.conv",
    "lora_unet_output_blocks_5_1_transformer_blocks_1_attn2_to_out_0, up_blocks.1.attentions.2.transformer_blocks.1.attn2.to_out.0",
    "lora_unet_input_blocks_3_0_op, down_blocks.0.downsamplers.0.conv",
    "unet.mid_block.attentions.0.transformer_blocks.3.attn2.processor.to_out, mid_block.attentions.0.transformer_blocks.3.attn2.to_out.0"
  })
  void finds_a_layer_of_xl_by_its_published_name(String name, String layer) {
    assertThat(published("sdxl", UNetConfig.stableDiffusionXl()).weightsByName())
        .containsEntry(AdaptedPart.underscored(name), layer + ".weight");
  }

  @ParameterizedTest
  @CsvSource({
    "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_q, down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q",
    "lora_unet_up_blocks_3_attentions_2_proj_out, up_blocks.3.attentions.2.proj_out",
    "lora_unet_down_blocks_2_resnets_1_conv2, down_blocks.2.resnets.1.conv2"
  })
  void finds_a_layer_of_the_first_version_by_its_published_name(String name, String layer) {
    assertThat(published("sd1", UNetConfig.stableDiffusion1()).weightsByName())
        .containsEntry(name, layer + ".weight");
  }
}
