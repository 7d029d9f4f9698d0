package io.songe.checkpoint.original;

import io.songe.model.unet.UNetConfig;
import io.songe.model.unet.UNetConfig.Added;
import io.songe.model.unet.UNetConfig.Attention;
import io.songe.model.unet.UNetConfig.Level;
import io.songe.model.unet.UNetConfig.Middle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What the original files call a U-Net's tensors. Their blocks are numbered through from the
 * entrance down and again on the way up, where a change of size is part of the block before it.
 */
public final class OriginalUNetNames {
  private static final List<String> ATTENTION =
      List.of("to_q.weight", "to_k.weight", "to_v.weight", "to_out.0.weight", "to_out.0.bias");

  private final UNetConfig config;
  private final SequencedMap<String, Placement> placements = new LinkedHashMap<>();

  /** Channels of what the way down remembers, the last on top. */
  private final Deque<Integer> skips = new ArrayDeque<>();

  private OriginalUNetNames(UNetConfig config) {
    this.config = config;
  }

  /**
   * Where each of our tensors is, by our name.
   *
   * @param config of the network
   * @return the places
   * @throws IllegalArgumentException if there are no names for a part of it
   */
  public static SequencedMap<String, Placement> of(UNetConfig config) {
    OriginalUNetNames names = new OriginalUNetNames(config);
    names.putEmbeddings();
    names.putDown();
    names.putMiddle();
    names.putUp();
    names.putLayer("conv_norm_out", "out.0");
    names.putLayer("conv_out", "out.2");
    return names.placements;
  }

  private void putEmbeddings() {
    putLayer("time_embedding.linear_1", "time_embed.0");
    putLayer("time_embedding.linear_2", "time_embed.2");
    switch (config.added()) {
      case Added.None _ -> {}
      case Added.TextTime _ -> {
        putLayer("add_embedding.linear_1", "label_emb.0.0");
        putLayer("add_embedding.linear_2", "label_emb.0.2");
      }
      case Added.PooledText _, Added.TimedLabel _, Added.VectorLabel _ ->
          throw new IllegalArgumentException("there is no name for " + config.added());
    }
  }

  private void putDown() {
    List<Level> levels = config.levels();
    putLayer("conv_in", "input_blocks.0.0");
    skips.push(levels.getFirst().channels());
    int block = 1;
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      for (int layer = 0; layer < level.layers(); layer++) {
        String ours = "down_blocks." + i;
        putResidual(
            ours + ".resnets." + layer,
            "input_blocks." + block + ".0",
            skips.element() != level.channels());
        putTransformer(
            ours + ".attentions." + layer, "input_blocks." + block + ".1", level.attention());
        skips.push(level.channels());
        block++;
      }
      if (i < levels.size() - 1) {
        putLayer("down_blocks." + i + ".downsamplers.0.conv", "input_blocks." + block + ".0.op");
        skips.push(level.channels());
        block++;
      }
    }
  }

  private void putMiddle() {
    switch (config.middle()) {
      case Middle.None _ -> {}
      case Middle.Residual _ ->
          throw new IllegalArgumentException("there is no name for a middle without attention");
      case Middle.Attending(int heads, int depth) -> {
        putResidual("mid_block.resnets.0", "middle_block.0", false);
        putTransformer("mid_block.attentions.0", "middle_block.1", Attention.of(heads, depth));
        putResidual("mid_block.resnets.1", "middle_block.2", false);
      }
    }
  }

  private void putUp() {
    List<Level> levels = config.levels().reversed();
    int before = levels.getFirst().channels();
    int block = 0;
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      for (int layer = 0; layer <= level.layers(); layer++) {
        String ours = "up_blocks." + i;
        putResidual(
            ours + ".resnets." + layer,
            "output_blocks." + block + ".0",
            before + skips.pop() != level.channels());
        putTransformer(
            ours + ".attentions." + layer, "output_blocks." + block + ".1", level.attention());
        before = level.channels();
        block++;
      }
      if (i < levels.size() - 1) {
        int place = level.attention() instanceof Attention.None ? 1 : 2;
        putLayer(
            "up_blocks." + i + ".upsamplers.0.conv",
            "output_blocks." + (block - 1) + "." + place + ".conv");
      }
    }
  }

  private void putResidual(String ours, String theirs, boolean shortcut) {
    putLayer(ours + ".norm1", theirs + ".in_layers.0");
    putLayer(ours + ".conv1", theirs + ".in_layers.2");
    putLayer(ours + ".time_emb_proj", theirs + ".emb_layers.1");
    putLayer(ours + ".norm2", theirs + ".out_layers.0");
    putLayer(ours + ".conv2", theirs + ".out_layers.3");
    if (shortcut) {
      putLayer(ours + ".conv_shortcut", theirs + ".skip_connection");
    }
  }

  private void putTransformer(String ours, String theirs, Attention attention) {
    if (!(attention instanceof Attention.Transformer transformer)) {
      return;
    }
    for (String layer : List.of("norm", "proj_in", "proj_out")) {
      putLayer(ours + "." + layer, theirs + "." + layer);
    }
    for (int i = 0; i < transformer.depth(); i++) {
      String block = ".transformer_blocks." + i + ".";
      for (String layer : List.of("norm1", "norm2", "norm3", "ff.net.0.proj", "ff.net.2")) {
        putLayer(ours + block + layer, theirs + block + layer);
      }
      for (String tensor : ATTENTION) {
        put(ours + block + "attn1." + tensor, theirs + block + "attn1." + tensor);
        put(ours + block + "attn2." + tensor, theirs + block + "attn2." + tensor);
      }
    }
  }

  private void putLayer(String ours, String theirs) {
    put(ours + ".weight", theirs + ".weight");
    put(ours + ".bias", theirs + ".bias");
  }

  private void put(String ours, String theirs) {
    placements.put(ours, Placement.whole(theirs));
  }
}
