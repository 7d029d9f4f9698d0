package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.format.JsonConfig;
import io.songe.model.vae.AutoencoderConfig;
import io.songe.model.vae.AutoencoderKlConfig;
import io.songe.model.vae.AutoencoderTinyConfig;
import io.songe.model.vae.LatentScale;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The options of a published autoencoder, {@code vae/config.json}. An absent one has the value that
 * the library has which defines the format; one that is not understood is refused by name.
 */
final class AutoencoderConfigJson {
  private static final String KL = "AutoencoderKL";
  private static final String TINY = "AutoencoderTiny";
  private static final String DOWN_BLOCK = "DownEncoderBlock2D";
  private static final String UP_BLOCK = "UpDecoderBlock2D";

  /** Say where the file comes from, and at which size somebody else's tiling begins. */
  private static final Set<String> IGNORABLE_KL =
      Set.of("_diffusers_version", "_name_or_path", "sample_size");

  /**
   * Beside the origin: how latents are stored as bytes, which is not done here, a copy of {@code
   * decoder_block_out_channels}, and a precaution for FLOAT16 that this network does not need.
   */
  private static final Set<String> IGNORABLE_TINY =
      Set.of(
          "_diffusers_version",
          "_name_or_path",
          "latent_magnitude",
          "latent_shift",
          "block_out_channels",
          "force_upcast");

  private AutoencoderConfigJson() {}

  /**
   * Reads a config.
   *
   * @param json the file
   * @return the config
   * @throws BrokenFileException if an option is unknown or has a value that is not
   */
  static AutoencoderConfig read(JsonConfig json) {
    try {
      String kind = json.string("_class_name");
      return switch (kind) {
        case KL -> kl(json);
        case TINY -> tiny(json);
        default ->
            throw json.label()
                .broken(
                    "an autoencoder of class %s is not known; AutoencoderKL and AutoencoderTiny are"
                        .formatted(FileLabel.quote(kind)));
      };
    } catch (IllegalArgumentException impossible) {
      throw json.label().refused(impossible);
    }
  }

  private static AutoencoderConfig kl(JsonConfig json) {
    int imageChannels = json.integer("in_channels", 3);
    List<Integer> blockChannels = json.integers("block_out_channels", List.of(64));
    json.requireNeutral(
        """
        {"out_channels": %d, "act_fn": "silu", "latents_mean": null, "latents_std": null,
         "down_block_types": %s, "up_block_types": %s}
        """
            .formatted(
                imageChannels,
                quoted(DOWN_BLOCK, blockChannels.size()),
                quoted(UP_BLOCK, blockChannels.size())));
    var config =
        new AutoencoderKlConfig(
            imageChannels,
            json.integer("latent_channels", 4),
            blockChannels,
            json.integer("layers_per_block", 1),
            json.integer("norm_num_groups", 32),
            json.flag("mid_block_add_attention", true),
            json.flag("use_quant_conv", true),
            json.flag("use_post_quant_conv", true),
            json.flag("force_upcast", true),
            scale(json, 0.18215));
    json.refuseUnknown(IGNORABLE_KL);
    return config;
  }

  private static AutoencoderConfig tiny(JsonConfig json) {
    int imageChannels = json.integer("in_channels", 3);
    List<Integer> encoderBlocks = json.integers("num_encoder_blocks", List.of(1, 3, 3, 3));
    List<Integer> decoderBlocks = json.integers("num_decoder_blocks", List.of(3, 3, 3, 1));
    json.requireNeutral(
        """
        {"out_channels": %d, "act_fn": "relu", "upsample_fn": "nearest",
         "upsampling_scaling_factor": 2}
        """
            .formatted(imageChannels));
    var config =
        new AutoencoderTinyConfig(
            imageChannels,
            json.integer("latent_channels", 4),
            width(json, "encoder_block_out_channels", encoderBlocks.size()),
            encoderBlocks,
            width(json, "decoder_block_out_channels", decoderBlocks.size()),
            decoderBlocks,
            scale(json, 1));
    json.refuseUnknown(IGNORABLE_TINY);
    return config;
  }

  private static LatentScale scale(JsonConfig json, double otherwise) {
    return new LatentScale(
        json.number("scaling_factor", otherwise), json.optionalNumber("shift_factor").orElse(0.0));
  }

  /** The one width of all levels: no published network of this kind has several. */
  private static int width(JsonConfig json, String key, int levels) {
    List<Integer> widths = json.integers(key, List.of(64, 64, 64, 64));
    if (widths.size() != levels || Set.copyOf(widths).size() != 1) {
      throw json.label()
          .broken(
              "option '%s' = %s is not supported by this version of Songe, only one width %d times is"
                  .formatted(key, FileLabel.shorten(widths.toString()), levels));
    }
    return widths.getFirst();
  }

  private static String quoted(String type, int count) {
    return Collections.nCopies(count, '"' + type + '"').toString();
  }

  /**
   * Writes a config.
   *
   * @param config to write
   * @return its options
   */
  static Map<String, Object> write(AutoencoderConfig config) {
    Map<String, Object> json = new TreeMap<>();
    json.put("_class_name", className(config));
    json.put("scaling_factor", config.scale().factor());
    json.put("shift_factor", config.scale().shift());
    switch (config) {
      case AutoencoderKlConfig kl -> write(kl, json);
      case AutoencoderTinyConfig tiny -> write(tiny, json);
    }
    return json;
  }

  private static void write(AutoencoderKlConfig config, Map<String, Object> json) {
    int levels = config.blockChannels().size();
    json.put("in_channels", config.imageChannels());
    json.put("out_channels", config.imageChannels());
    json.put("latent_channels", config.latentChannels());
    json.put("block_out_channels", config.blockChannels());
    json.put("down_block_types", Collections.nCopies(levels, DOWN_BLOCK));
    json.put("up_block_types", Collections.nCopies(levels, UP_BLOCK));
    json.put("layers_per_block", config.layersPerBlock());
    json.put("norm_num_groups", config.normGroups());
    json.put("act_fn", "silu");
    json.put("mid_block_add_attention", config.middleAttention());
    json.put("use_quant_conv", config.quantConv());
    json.put("use_post_quant_conv", config.postQuantConv());
    json.put("force_upcast", config.forceUpcast());
  }

  private static void write(AutoencoderTinyConfig config, Map<String, Object> json) {
    int levels = config.encoderBlocks().size();
    json.put("in_channels", config.imageChannels());
    json.put("out_channels", config.imageChannels());
    json.put("latent_channels", config.latentChannels());
    json.put("encoder_block_out_channels", Collections.nCopies(levels, config.encoderChannels()));
    json.put("decoder_block_out_channels", Collections.nCopies(levels, config.decoderChannels()));
    json.put("num_encoder_blocks", config.encoderBlocks());
    json.put("num_decoder_blocks", config.decoderBlocks());
    json.put("act_fn", "relu");
    json.put("upsample_fn", "nearest");
    json.put("upsampling_scaling_factor", 2);
  }

  /** {@return the published class of such an autoencoder} */
  static String className(AutoencoderConfig config) {
    return switch (config) {
      case AutoencoderKlConfig _ -> KL;
      case AutoencoderTinyConfig _ -> TINY;
    };
  }
}
