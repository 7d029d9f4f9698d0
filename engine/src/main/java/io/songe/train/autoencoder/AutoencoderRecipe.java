package io.songe.train.autoencoder;

import io.songe.error.InvalidRequestException;
import io.songe.model.vae.AutoencoderTinyConfig;
import io.songe.model.vae.LatentScale;
import io.songe.tensor.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * How an autoencoder is trained. Two runs of one recipe on one corpus make the same steps.
 *
 * @param channels width of a new network, 8 to 512; one that is trained further keeps its own
 * @param latentChannels of a new network, 1 to 64
 * @param steps of the whole run, at least 1
 * @param batch squares in a step, 1 to 4096
 * @param crop side of the squares in pixels, a multiple of 16
 * @param rate the highest learning rate, above 0 and at most 1
 * @param adversarialFrom the first step of the adversarial stage; empty for none
 * @param learned what changes
 * @param seed any number
 * @param dtype in which the networks compute, FLOAT32 or BFLOAT16
 */
public record AutoencoderRecipe(
    int channels,
    int latentChannels,
    long steps,
    int batch,
    int crop,
    double rate,
    Optional<Long> adversarialFrom,
    Learned learned,
    long seed,
    DType dtype) {
  /** Blocks of the encoder, as of the smallest published networks of this kind. */
  private static final List<Integer> ENCODER_BLOCKS = List.of(1, 3, 3, 3);

  private static final int IMAGE_CHANNELS = 4;

  /** Latents are a factor smaller than squares, and are halved once. */
  static final int CROP_STEP = 16;

  /** The network of songe-mini, trained for about an hour on two cores. */
  public static final AutoencoderRecipe USUAL =
      new AutoencoderRecipe(
          64, 4, 20_000, 16, 64, 1e-3, Optional.empty(), Learned.WHOLE, 0, DType.BFLOAT16);

  /** Tiny, to see within a minute that everything works. */
  public static final AutoencoderRecipe SMOKE =
      new AutoencoderRecipe(
          16, 4, 800, 8, 32, 3e-3, Optional.empty(), Learned.WHOLE, 0, DType.FLOAT32);

  /**
   * Checked.
   *
   * @throws InvalidRequestException if a value is out of its range
   */
  public AutoencoderRecipe {
    require(channels >= 8 && channels <= 512, "channels from 8 to 512", channels);
    require(
        latentChannels >= 1 && latentChannels <= 64,
        "latent channels from 1 to 64",
        latentChannels);
    require(steps >= 1, "at least 1 step", steps);
    require(batch >= 1 && batch <= 4096, "a batch from 1 to 4096", batch);
    require(
        crop >= CROP_STEP && crop % CROP_STEP == 0,
        "squares whose side is a multiple of " + CROP_STEP,
        crop);
    require(rate > 0 && rate <= 1, "a rate above 0 and at most 1", rate);
    require(
        adversarialFrom.filter(from -> from < 0 || from >= steps).isEmpty(),
        "an adversarial stage that begins at a step from 0 to below " + steps,
        adversarialFrom.orElse(0L));
    require(
        dtype == DType.FLOAT32 || dtype == DType.BFLOAT16, "FLOAT32 or BFLOAT16 for type", dtype);
  }

  private static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new InvalidRequestException(
          "an autoencoder is trained with %s, got %s".formatted(rule, value));
    }
  }

  /** {@return the sizes of a new network, with a scale of 1} */
  AutoencoderTinyConfig network() {
    return new AutoencoderTinyConfig(
        IMAGE_CHANNELS,
        latentChannels,
        channels,
        ENCODER_BLOCKS,
        channels,
        ENCODER_BLOCKS.reversed(),
        LatentScale.of(1));
  }

  /** {@return what a run's configuration says of it} */
  SequencedMap<String, Object> described() {
    SequencedMap<String, Object> options = new LinkedHashMap<>();
    options.put("steps", steps);
    options.put("batch", batch);
    options.put("crop", crop);
    options.put("rate", rate);
    adversarialFrom.ifPresent(from -> options.put("adversarial_from", from));
    options.put("learned", learned.name().toLowerCase(Locale.ROOT));
    options.put("seed", seed);
    options.put("precision", dtype == DType.BFLOAT16 ? "bf16" : "fp32");
    return options;
  }
}
