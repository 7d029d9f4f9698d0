package io.songe.checkpoint;

import static io.songe.checkpoint.UNetTypes.CLASS;
import static io.songe.checkpoint.UNetTypes.CROSS_DOWN;
import static io.songe.checkpoint.UNetTypes.CROSS_MIDDLE;
import static io.songe.checkpoint.UNetTypes.CROSS_UP;
import static io.songe.checkpoint.UNetTypes.PLAIN_DOWN;
import static io.songe.checkpoint.UNetTypes.PLAIN_MIDDLE;
import static io.songe.checkpoint.UNetTypes.PLAIN_UP;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.format.JsonConfig;
import io.songe.model.unet.UNetConfig;
import io.songe.model.unet.UNetConfig.Added;
import io.songe.model.unet.UNetConfig.Attention;
import io.songe.model.unet.UNetConfig.First;
import io.songe.model.unet.UNetConfig.Level;
import io.songe.model.unet.UNetConfig.Middle;
import io.songe.model.unet.UNetConfig.TimeInjection;
import io.songe.model.unet.UNetConfig.Waves;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A conditional U-Net's {@code config.json}, as diffusers writes it. An absent option has
 * diffusers' default. The published {@code attention_head_dim} is the number of heads, by a mistake
 * that became the format.
 */
final class UNetConfigJson {
  /** Of options that this engine does not have, the values at which they do nothing. */
  private static final String NEUTRAL =
      """
      {"act_fn": "silu", "attention_type": "default", "center_input_sample": false,
       "class_embeddings_concat": false, "conv_in_kernel": 3, "conv_out_kernel": 3,
       "cross_attention_norm": null, "downsample_padding": 1, "dropout": 0,
       "dual_cross_attention": false, "encoder_hid_dim": null, "encoder_hid_dim_type": null,
       "mid_block_only_cross_attention": null, "mid_block_scale_factor": 1,
       "num_attention_heads": null, "num_class_embeds": null, "resnet_out_scale_factor": 1,
       "resnet_skip_time_act": false, "reverse_transformer_layers_per_block": null,
       "time_cond_proj_dim": null, "time_embedding_act_fn": null, "time_embedding_dim": null,
       "time_embedding_type": "positional", "timestep_post_act": null}
      """;

  /**
   * Where the file comes from; the side of the pictures it was trained on; accuracy that this
   * engine always has; and what an average of weights over time notes for its next training.
   */
  private static final Set<String> IGNORABLE =
      Set.of(
          "_diffusers_version",
          "_name_or_path",
          "sample_size",
          "upcast_attention",
          "decay",
          "inv_gamma",
          "min_decay",
          "optimization_step",
          "power",
          "update_after_step",
          "use_ema_warmup");

  private final JsonConfig json;

  private UNetConfigJson(JsonConfig json) {
    this.json = json;
  }

  /**
   * Reads a config.
   *
   * @param json the file
   * @return the config
   * @throws BrokenFileException if an option is unknown or has a value that is not
   */
  static UNetConfig read(JsonConfig json) {
    try {
      UNetConfig config = new UNetConfigJson(json).config();
      json.requireNeutral(NEUTRAL);
      json.refuseUnknown(IGNORABLE);
      return config;
    } catch (IllegalArgumentException impossible) {
      throw json.label().refused(impossible);
    }
  }

  private UNetConfig config() {
    String name = json.string("_class_name", CLASS);
    if (!name.equals(CLASS)) {
      throw unsupported("_class_name", name, CLASS);
    }
    List<Integer> channels = json.integers("block_out_channels", List.of(320, 640, 1280, 1280));
    int count = channels.size();
    List<Integer> heads = json.integerOrList("attention_head_dim", count, 8);
    List<Integer> depths = json.integerOrList("transformer_layers_per_block", count, 1);
    return new UNetConfig(
        json.integer("in_channels", 4),
        json.integer("out_channels", 4),
        levels(channels, heads, depths),
        middle(heads, depths),
        contextWidth(count),
        json.flag("use_linear_projection", false),
        timeInjection(),
        added(),
        new Waves(json.flag("flip_sin_to_cos", true), json.number("freq_shift", 0)),
        json.integer("norm_num_groups", 32),
        json.number("norm_eps", 1e-5));
  }

  private List<Level> levels(List<Integer> channels, List<Integer> heads, List<Integer> depths) {
    int count = channels.size();
    List<String> down =
        json.strings("down_block_types", List.of(CROSS_DOWN, CROSS_DOWN, CROSS_DOWN, PLAIN_DOWN));
    List<String> up =
        json.strings("up_block_types", List.of(PLAIN_UP, CROSS_UP, CROSS_UP, CROSS_UP));
    if (down.size() != count) {
      throw unsupported("down_block_types", down, count + " of them, as in block_out_channels");
    }
    List<Integer> layers = json.integerOrList("layers_per_block", count, 2);
    List<Boolean> textFirst = json.flagOrList("only_cross_attention", count, false);
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      First first = textFirst.get(i) ? First.TEXT : First.PICTURE;
      Attention attention =
          switch (down.get(i)) {
            case CROSS_DOWN -> new Attention.Transformer(heads.get(i), depths.get(i), first);
            case PLAIN_DOWN -> new Attention.None();
            default ->
                throw unsupported("down_block_types", down.get(i), CROSS_DOWN + ", " + PLAIN_DOWN);
          };
      levels.add(new Level(channels.get(i), layers.get(i), attention));
    }
    if (!up.equals(UNetTypes.up(levels))) {
      throw unsupported(
          "up_block_types", up, "the mirror of down_block_types, " + UNetTypes.up(levels));
    }
    return levels;
  }

  private Middle middle(List<Integer> heads, List<Integer> depths) {
    Optional<String> type =
        json.has("mid_block_type")
            ? json.optionalString("mid_block_type")
            : Optional.of(CROSS_MIDDLE);
    if (type.isEmpty()) {
      return new Middle.None();
    }
    return switch (type.get()) {
      case CROSS_MIDDLE -> new Middle.Attending(heads.getLast(), depths.getLast());
      case PLAIN_MIDDLE -> new Middle.Residual();
      default ->
          throw unsupported(
              "mid_block_type", type.get(), CROSS_MIDDLE + ", " + PLAIN_MIDDLE + ", null");
    };
  }

  private int contextWidth(int count) {
    List<Integer> widths = json.integerOrList("cross_attention_dim", count, 1280);
    if (widths.stream().distinct().count() != 1) {
      throw unsupported("cross_attention_dim", widths, "one width for all levels");
    }
    return widths.getFirst();
  }

  private TimeInjection timeInjection() {
    String name = json.string("resnet_time_scale_shift", "default");
    return switch (name) {
      case "default" -> TimeInjection.ADDITION;
      case "scale_shift" -> TimeInjection.SCALE_AND_SHIFT;
      default -> throw unsupported("resnet_time_scale_shift", name, "default, scale_shift");
    };
  }

  private Added added() {
    Optional<String> addition = json.optionalString("addition_embed_type");
    Optional<String> label = json.optionalString("class_embed_type");
    int heads = json.integer("addition_embed_type_num_heads", 64);
    Optional<Integer> numberWidth = json.optionalInteger("addition_time_embed_dim");
    Optional<Integer> inputWidth = json.optionalInteger("projection_class_embeddings_input_dim");
    if (addition.isPresent() && label.isPresent()) {
      throw unsupported("class_embed_type", label.get(), "null beside addition_embed_type");
    }
    if (label.isPresent()) {
      return switch (label.get()) {
        case "timestep" -> new Added.TimedLabel();
        case "projection" ->
            new Added.VectorLabel(
                required("projection_class_embeddings_input_dim", inputWidth, label.get()));
        default -> throw unsupported("class_embed_type", label.get(), "timestep, projection, null");
      };
    }
    if (addition.isEmpty()) {
      return new Added.None();
    }
    return switch (addition.get()) {
      case "text" -> new Added.PooledText(heads);
      case "text_time" ->
          new Added.TextTime(
              required("addition_time_embed_dim", numberWidth, addition.get()),
              required("projection_class_embeddings_input_dim", inputWidth, addition.get()));
      default -> throw unsupported("addition_embed_type", addition.get(), "text, text_time, null");
    };
  }

  private int required(String key, Optional<Integer> value, String by) {
    return value.orElseThrow(
        () -> json.label().broken("'" + by + "' needs a number in '" + key + "'"));
  }

  private BrokenFileException unsupported(String key, Object value, String supported) {
    return json.label()
        .broken(
            "option '%s' = %s is not supported by this version of Songe; supported: %s"
                .formatted(key, FileLabel.shorten(value.toString()), supported));
  }
}
