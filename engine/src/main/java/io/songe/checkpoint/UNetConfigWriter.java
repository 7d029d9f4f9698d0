package io.songe.checkpoint;

import static io.songe.checkpoint.UNetTypes.CLASS;
import static io.songe.checkpoint.UNetTypes.CROSS_MIDDLE;
import static io.songe.checkpoint.UNetTypes.PLAIN_MIDDLE;

import io.songe.error.EngineException;
import io.songe.model.unet.UNetConfig;
import io.songe.model.unet.UNetConfig.Added;
import io.songe.model.unet.UNetConfig.Attention;
import io.songe.model.unet.UNetConfig.First;
import io.songe.model.unet.UNetConfig.Level;
import io.songe.model.unet.UNetConfig.Middle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says a conditional U-Net's config in the options that {@link UNetConfigJson} reads. */
final class UNetConfigWriter {
  private UNetConfigWriter() {}

  /**
   * Writes a config.
   *
   * @param config to write
   * @param side of the latents that the network was trained on
   * @return its options
   * @throws EngineException if the format cannot say what the config says
   */
  static Map<String, @Nullable Object> write(UNetConfig config, int side) {
    List<Level> levels = config.levels();
    Map<String, @Nullable Object> json = new TreeMap<>();
    json.put("_class_name", CLASS);
    json.put("sample_size", side);
    json.put("in_channels", config.inputChannels());
    json.put("out_channels", config.outputChannels());
    json.put("block_out_channels", levels.stream().map(Level::channels).toList());
    json.put("layers_per_block", oneIfAlike(levels.stream().map(Level::layers).toList()));
    json.put("down_block_types", UNetTypes.down(levels));
    json.put("up_block_types", UNetTypes.up(levels));
    json.put(
        "only_cross_attention",
        oneIfAlike(levels.stream().map(UNetConfigWriter::textFirst).toList()));
    putMiddle(json, config);
    json.put("cross_attention_dim", config.contextWidth());
    json.put("use_linear_projection", config.linearProjection());
    json.put(
        "resnet_time_scale_shift",
        switch (config.timeInjection()) {
          case ADDITION -> "default";
          case SCALE_AND_SHIFT -> "scale_shift";
        });
    putAdded(json, config.added());
    json.put("flip_sin_to_cos", config.waves().cosineFirst());
    json.put("freq_shift", config.waves().shift());
    json.put("norm_num_groups", config.groups());
    json.put("norm_eps", config.epsilon());
    return json;
  }

  /** The middle has the last level's heads and depth in this format. */
  private static void putMiddle(Map<String, @Nullable Object> json, UNetConfig config) {
    List<Attention.Transformer> sizes =
        config.levels().stream()
            .map(Level::attention)
            .map(UNetConfigWriter::sizes)
            .collect(Collectors.toCollection(ArrayList::new));
    switch (config.middle()) {
      case Middle.None _ -> json.put("mid_block_type", null);
      case Middle.Residual _ -> json.put("mid_block_type", PLAIN_MIDDLE);
      case Middle.Attending(int heads, int depth) -> {
        json.put("mid_block_type", CROSS_MIDDLE);
        if (config.levels().getLast().attention() instanceof Attention.Transformer last
            && (last.heads() != heads || last.depth() != depth)) {
          throw new EngineException(
              "the published format has the same heads and depth in the middle as in the last"
                  + " level, got "
                  + config.middle()
                  + " and "
                  + last);
        }
        sizes.set(sizes.size() - 1, new Attention.Transformer(heads, depth, First.PICTURE));
      }
    }
    json.put(
        "attention_head_dim",
        oneIfAlike(sizes.stream().map(Attention.Transformer::heads).toList()));
    json.put(
        "transformer_layers_per_block",
        oneIfAlike(sizes.stream().map(Attention.Transformer::depth).toList()));
  }

  /** Older readers know no lists. */
  private static Object oneIfAlike(List<?> values) {
    return Set.copyOf(values).size() == 1 ? values.getFirst() : values;
  }

  /** A level without attention still has heads and a depth in this format. */
  private static Attention.Transformer sizes(Attention attention) {
    return switch (attention) {
      case Attention.None _ -> new Attention.Transformer(1, 1, First.PICTURE);
      case Attention.Transformer transformer -> transformer;
    };
  }

  private static void putAdded(Map<String, @Nullable Object> json, Added added) {
    switch (added) {
      case Added.None _ -> {}
      case Added.PooledText(int heads) -> {
        json.put("addition_embed_type", "text");
        json.put("addition_embed_type_num_heads", heads);
      }
      case Added.TextTime(int numberWidth, int inputWidth) -> {
        json.put("addition_embed_type", "text_time");
        json.put("addition_time_embed_dim", numberWidth);
        json.put("projection_class_embeddings_input_dim", inputWidth);
      }
      case Added.TimedLabel _ -> json.put("class_embed_type", "timestep");
      case Added.VectorLabel(int inputWidth) -> {
        json.put("class_embed_type", "projection");
        json.put("projection_class_embeddings_input_dim", inputWidth);
      }
    }
  }

  private static boolean textFirst(Level level) {
    return level.attention() instanceof Attention.Transformer(int _, int _, First first)
        && first == First.TEXT;
  }
}
