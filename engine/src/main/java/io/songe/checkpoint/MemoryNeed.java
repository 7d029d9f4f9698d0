package io.songe.checkpoint;

import io.songe.error.InvalidRequestException;
import io.songe.model.unet.UNetConfig;
import io.songe.model.vae.AutoencoderConfig;
import io.songe.model.vae.AutoencoderKlConfig;
import io.songe.model.vae.AutoencoderTinyConfig;
import io.songe.tensor.DType;
import io.songe.tensor.NativeMemory;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How much memory a model takes, estimated before it is taken: a process that runs out is killed
 * without a word. The estimates are rather high, by what was measured on Stable Diffusion 1.5.
 */
final class MemoryNeed {
  /** Tensors of the outermost level's size that a U-Net needs at a time; 76 were measured. */
  private static final long UNET_TENSORS = 80;

  /** With and without the phrase. */
  private static final long BATCH = 2;

  /** Tensors of the picture's size and outermost channels that an autoencoder needs; measured. */
  private static final long AUTOENCODER_TENSORS = 5;

  private static final String SMALLER_TYPE = ", use the precision bf16";

  private MemoryNeed() {}

  /**
   * Refuses weights that there is no memory for.
   *
   * @param weights opened
   * @param dtype in which the network computes
   * @throws InvalidRequestException naming what is needed and what there is
   */
  static void requireForWeights(ComponentWeights weights, DType dtype) {
    long needed = weights.elements() * dtype.bytes();
    String advice = dtype == DType.FLOAT32 ? SMALLER_TYPE : "";
    require(
        weights.label().text(), needed, NativeMemory.available(), advice + ", or a smaller model");
  }

  /**
   * Refuses a picture that there is no memory for beside the weights.
   *
   * @param width of the picture in pixels
   * @param height of the picture in pixels
   * @throws InvalidRequestException naming what is needed and what there is
   */
  static void requireForPicture(
      UNetConfig unet, AutoencoderConfig autoencoder, DType dtype, int width, int height) {
    require(
        "a picture of %dx%d".formatted(width, height),
        ofPicture(unet, autoencoder, dtype, width, height),
        NativeMemory.available(),
        ", ask for a smaller one");
  }

  /** {@return bytes needed beside the weights; denoising and decoding do not overlap} */
  static long ofPicture(
      UNetConfig unet, AutoencoderConfig autoencoder, DType dtype, int width, int height) {
    long pixels = (long) width * height;
    long latents = pixels / autoencoder.factor() / autoencoder.factor();
    long denoising = BATCH * latents * unet.levels().getFirst().channels() * UNET_TENSORS;
    long decoding = pixels * outermostChannels(autoencoder) * AUTOENCODER_TENSORS;
    return Math.max(denoising, decoding) * dtype.bytes();
  }

  private static long outermostChannels(AutoencoderConfig autoencoder) {
    return switch (autoencoder) {
      case AutoencoderKlConfig kl -> kl.blockChannels().getFirst();
      case AutoencoderTinyConfig tiny -> tiny.decoderChannels();
    };
  }

  /** Refuses where it is known that there is less than needed. */
  static void require(String what, long needed, OptionalLong available, String advice) {
    if (available.isPresent() && available.getAsLong() < needed) {
      throw new InvalidRequestException(
          String.format(
              Locale.ROOT,
              "%s needs about %.1f GB of memory, and %.1f GB are available; close other programs%s",
              what,
              needed / 1e9,
              available.getAsLong() / 1e9,
              advice));
    }
  }
}
