package io.songe.checkpoint.original;

import io.songe.checkpoint.original.Placement.Form;
import io.songe.model.vae.AutoencoderKlConfig;
import io.songe.model.vae.LatentScale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What the original files call the tensors of an {@link io.songe.model.vae.AutoencoderKl}, and its
 * config read off their shapes. The decoder's levels are numbered from the picture inwards there,
 * and the attention's maps are stored as convolutions.
 */
public final class OriginalAutoencoder {
  private static final int GROUPS = 32;
  private static final Map<String, String> ATTENTION =
      Map.of("to_q", "q", "to_k", "k", "to_v", "v", "to_out.0", "proj_out");

  private final SequencedMap<String, Placement> placements = new LinkedHashMap<>();

  private OriginalAutoencoder() {}

  /**
   * Reads a config.
   *
   * @param tensors at the network, under original names
   * @param scale between raw latents and those of diffusion, which no file of weights says
   * @return the config
   * @throws io.songe.error.BrokenFileException if it is no such network
   */
  public static AutoencoderKlConfig config(OriginalTensors tensors, LatentScale scale) {
    return config(tensors, "encoder.down.%d.block.%d.conv1.weight", "encoder.mid.attn_1.q", scale);
  }

  /** As {@link #config(OriginalTensors, LatentScale)}, of a file with our names. */
  public static AutoencoderKlConfig configOfOurs(OriginalTensors tensors, LatentScale scale) {
    return config(
        tensors,
        "encoder.down_blocks.%d.resnets.%d.conv1.weight",
        "encoder.mid_block.attentions.0.to_q",
        scale);
  }

  private static AutoencoderKlConfig config(
      OriginalTensors tensors, String block, String attention, LatentScale scale) {
    List<Integer> channels = new ArrayList<>();
    while (channels.isEmpty() || tensors.has(block.formatted(channels.size(), 0))) {
      channels.add(tensors.size(block.formatted(channels.size(), 0), 0));
    }
    return new AutoencoderKlConfig(
        tensors.size("encoder.conv_in.weight", 1),
        tensors.size("decoder.conv_in.weight", 1),
        channels,
        tensors.count(block.replaceFirst("%d", "0")),
        Math.min(GROUPS, channels.stream().mapToInt(Integer::intValue).min().orElse(1)),
        tensors.has(attention + ".weight"),
        tensors.has("quant_conv.weight"),
        tensors.has("post_quant_conv.weight"),
        true,
        scale);
  }

  /**
   * Where each of our tensors is, by our name.
   *
   * @param config of the network
   * @return placements without a prefix
   */
  public static SequencedMap<String, Placement> placements(AutoencoderKlConfig config) {
    OriginalAutoencoder names = new OriginalAutoencoder();
    names.putEncoder(config);
    names.putDecoder(config);
    if (config.quantConv()) {
      names.putLayer("quant_conv", "quant_conv");
    }
    if (config.postQuantConv()) {
      names.putLayer("post_quant_conv", "post_quant_conv");
    }
    return names.placements;
  }

  private void putEncoder(AutoencoderKlConfig config) {
    putEnds("encoder");
    int before = config.blockChannels().getFirst();
    for (int level = 0; level < config.blockChannels().size(); level++) {
      int channels = config.blockChannels().get(level);
      String ours = "encoder.down_blocks." + level;
      String theirs = "encoder.down." + level;
      for (int i = 0; i < config.layersPerBlock(); i++) {
        putResidual(ours + ".resnets." + i, theirs + ".block." + i, before != channels);
        before = channels;
      }
      if (level < config.blockChannels().size() - 1) {
        putLayer(ours + ".downsamplers.0.conv", theirs + ".downsample.conv");
      }
    }
    putMiddle("encoder", config.middleAttention());
  }

  private void putDecoder(AutoencoderKlConfig config) {
    putEnds("decoder");
    putMiddle("decoder", config.middleAttention());
    int before = config.blockChannels().getLast();
    for (int level = config.blockChannels().size() - 1; level >= 0; level--) {
      int channels = config.blockChannels().get(level);
      String ours = "decoder.up_blocks." + (config.blockChannels().size() - 1 - level);
      String theirs = "decoder.up." + level;
      for (int i = 0; i <= config.layersPerBlock(); i++) {
        putResidual(ours + ".resnets." + i, theirs + ".block." + i, before != channels);
        before = channels;
      }
      if (level > 0) {
        putLayer(ours + ".upsamplers.0.conv", theirs + ".upsample.conv");
      }
    }
  }

  private void putEnds(String half) {
    putLayer(half + ".conv_in", half + ".conv_in");
    putLayer(half + ".conv_norm_out", half + ".norm_out");
    putLayer(half + ".conv_out", half + ".conv_out");
  }

  private void putMiddle(String half, boolean attends) {
    putResidual(half + ".mid_block.resnets.0", half + ".mid.block_1", false);
    putResidual(half + ".mid_block.resnets.1", half + ".mid.block_2", false);
    if (!attends) {
      return;
    }
    String ours = half + ".mid_block.attentions.0.";
    String theirs = half + ".mid.attn_1.";
    putLayer(ours + "group_norm", theirs + "norm");
    ATTENTION.forEach((map, kernel) -> {
      placements.put(
          ours + map + ".weight", new Placement(theirs + kernel + ".weight", new Form.Pointwise()));
      placements.put(ours + map + ".bias", Placement.whole(theirs + kernel + ".bias"));
    });
  }

  private void putResidual(String ours, String theirs, boolean shortcut) {
    for (String layer : List.of("norm1", "conv1", "norm2", "conv2")) {
      putLayer(ours + "." + layer, theirs + "." + layer);
    }
    if (shortcut) {
      putLayer(ours + ".conv_shortcut", theirs + ".nin_shortcut");
    }
  }

  private void putLayer(String ours, String theirs) {
    placements.put(ours + ".weight", Placement.whole(theirs + ".weight"));
    placements.put(ours + ".bias", Placement.whole(theirs + ".bias"));
  }
}
