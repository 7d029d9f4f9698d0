package io.songe.checkpoint.original;

import io.songe.model.unet.UNetConfig;
import io.songe.model.unet.UNetConfig.Added;
import io.songe.model.unet.UNetConfig.Attention;
import io.songe.model.unet.UNetConfig.Level;
import io.songe.model.unet.UNetConfig.Middle;
import io.songe.model.unet.UNetConfig.TimeInjection;
import io.songe.model.unet.UNetConfig.Waves;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a U-Net's config off its tensors' names and shapes. What these do not show was the same in
 * all published models of a kind: 8 heads in Stable Diffusion 1 and heads of 64 channels in 2 and
 * XL, which also differ in how the entrance of a transformer is stored; and 32 groups in every
 * normalization. In networks too narrow for that, such as tests have, a head is as wide as its
 * level, and a group of the narrowest level is one channel.
 */
final class OriginalUNetConfig {
  private static final int HEADS = 8;
  private static final int HEAD_CHANNELS = 64;
  private static final int GROUPS = 32;
  private static final double EPSILON = 1e-5;
  private static final String MIDDLE = "middle_block.1.";
  private static final String DEPTH = "transformer_blocks.%d.attn2.to_k.weight";

  private final OriginalTensors tensors;

  private OriginalUNetConfig(OriginalTensors tensors) {
    this.tensors = tensors;
  }

  /**
   * The config.
   *
   * @param tensors at the network
   * @param kind of the model
   * @param pooledWidth of the features of a whole text; of no matter where there is one encoder
   *     without a projection
   */
  static UNetConfig read(OriginalTensors tensors, OriginalKind kind, int pooledWidth) {
    return new OriginalUNetConfig(tensors).config(kind, pooledWidth);
  }

  private UNetConfig config(OriginalKind kind, int pooledWidth) {
    boolean linear = linear();
    List<Level> levels = levels(linear);
    int narrowest = levels.stream().mapToInt(Level::channels).min().orElse(1);
    return new UNetConfig(
        tensors.size("input_blocks.0.0.weight", 1),
        tensors.size("out.2.weight", 0),
        levels,
        middle(levels, linear),
        contextWidth(),
        linear,
        TimeInjection.ADDITION,
        added(kind, pooledWidth),
        new Waves(true, 0),
        Math.min(GROUPS, narrowest),
        EPSILON);
  }

  private List<Level> levels(boolean linear) {
    List<Level> levels = new ArrayList<>();
    int layers = 0;
    for (int i = 1; ; i++) {
      String block = "input_blocks." + i + ".0.";
      boolean residual = tensors.has(block + "in_layers.2.weight");
      if (residual) {
        layers++;
      } else {
        // One that halves the sides, or behind the last.
        int channels = tensors.size("input_blocks." + (i - 1) + ".0.in_layers.2.weight", 0);
        levels.add(new Level(channels, layers, attention(i - 1, channels, linear)));
        layers = 0;
        if (!tensors.has(block + "op.weight")) {
          return levels;
        }
      }
    }
  }

  private Attention attention(int block, int channels, boolean linear) {
    int depth = tensors.count("input_blocks." + block + ".1." + DEPTH);
    return depth == 0 ? new Attention.None() : Attention.of(heads(channels, linear), depth);
  }

  private static int heads(int channels, boolean linear) {
    return linear ? Math.max(1, channels / HEAD_CHANNELS) : HEADS;
  }

  private Middle middle(List<Level> levels, boolean linear) {
    int depth = tensors.count(MIDDLE + DEPTH);
    return depth == 0
        ? new Middle.None()
        : new Middle.Attending(heads(levels.getLast().channels(), linear), depth);
  }

  private boolean linear() {
    return tensors.rank(anyTransformer("proj_in.weight")) == 2;
  }

  private int contextWidth() {
    return tensors.size(anyTransformer(DEPTH.formatted(0)), 1);
  }

  /** The middle's, or where it has none the first of all. */
  private String anyTransformer(String tensor) {
    return Stream.concat(
            Stream.of(MIDDLE + tensor),
            tensors.names().stream()
                .filter(name -> name.startsWith(tensors.prefix() + "input_blocks."))
                .map(name -> name.substring(tensors.prefix().length()))
                .filter(name -> name.endsWith(".1." + tensor)))
        .filter(tensors::has)
        .findFirst()
        .orElse(MIDDLE + tensor);
  }

  private Added added(OriginalKind kind, int pooledWidth) {
    if (kind.numbers() == 0) {
      return new Added.None();
    }
    int inputWidth = tensors.size("label_emb.0.0.weight", 1);
    int numbers = inputWidth - pooledWidth;
    if (numbers <= 0 || numbers % kind.numbers() != 0) {
      throw tensors
          .label()
          .broken(
              "beside the text the U-Net takes %d values, which are not the %d of a pooled text and %d numbers; is it another model's file?"
                  .formatted(inputWidth, pooledWidth, kind.numbers()));
    }
    return new Added.TextTime(numbers / kind.numbers(), inputWidth);
  }
}
