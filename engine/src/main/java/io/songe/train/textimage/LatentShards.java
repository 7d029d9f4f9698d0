package io.songe.train.textimage;

import io.songe.error.BrokenFileException;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Latents of pictures with the tokens of several captions of each, made once ({@link LatentMaking})
 * and read from mapped files as often as needed: copying a batch takes a thousandth of the time of
 * a step. Owns the files until it is closed.
 */
public final class LatentShards implements AutoCloseable {
  /** Latents in a file, but for the last. */
  static final int IN_A_SHARD = 1024;

  private final LatentRecipe recipe;
  private final List<LatentShard> shards;
  private final double scale;

  private LatentShards(LatentRecipe recipe, List<LatentShard> shards, double scale) {
    this.recipe = recipe;
    this.shards = shards;
    this.scale = scale;
  }

  /** {@return the file of a shard} */
  static Path file(Path folder, int shard) {
    return folder.resolve("latents-%05d.safetensors".formatted(shard));
  }

  /** {@return how many shards a recipe has} */
  static int shards(LatentRecipe recipe) {
    return Math.ceilDiv(recipe.count(), IN_A_SHARD);
  }

  /** {@return how many latents a shard has} */
  static int count(LatentRecipe recipe, int shard) {
    return Math.min(IN_A_SHARD, recipe.count() - shard * IN_A_SHARD);
  }

  /**
   * Opens latents that are there, and checks all of them.
   *
   * @param folder of the shards
   * @param recipe that they were made by
   * @return the latents, to be closed
   * @throws io.songe.error.InvalidRequestException if they were made by another recipe
   * @throws BrokenFileException if a shard is missing or damaged
   */
  public static LatentShards open(Path folder, LatentRecipe recipe) {
    List<LatentShard> shards = new ArrayList<>();
    try {
      double sum = 0;
      double squares = 0;
      double count = 0;
      for (int i = 0; i < shards(recipe); i++) {
        LatentShard shard = LatentShard.open(file(folder, i), recipe, count(recipe, i));
        shards.add(shard);
        sum += shard.sum();
        squares += shard.squares();
        count += (double) count(recipe, i) * shard.latent().elements();
      }
      double mean = sum / count;
      double deviation = Math.sqrt(squares / count - mean * mean);
      if (!(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
        throw new BrokenFileException(
            "the latents in %s have a standard deviation of %s, which nothing can be learned from; is the autoencoder trained?"
                .formatted(folder, String.format(Locale.ROOT, "%.3g", deviation)));
      }
      return new LatentShards(recipe, shards, 1 / deviation);
    } catch (RuntimeException unusable) {
      shards.forEach(LatentShard::close);
      throw unusable;
    }
  }

  /** {@return how many there are} */
  public int size() {
    return recipe.count();
  }

  /** {@return how many captions each has} */
  public int captions() {
    return recipe.captions();
  }

  /** {@return the shape of one latent, [channels, height, width]} */
  public Shape latent() {
    return shards.getFirst().latent();
  }

  /** {@return how many tokens a caption has} */
  public int length() {
    return shards.getFirst().length();
  }

  /**
   * {@return what the autoencoder's latents are multiplied by so that their standard deviation is
   * 1. In a model that is trained on these, the autoencoder's scale is so many times what it was}
   */
  public double scale() {
    return scale;
  }

  /**
   * Scaled latents.
   *
   * @param samples which, each from 0 to {@link #size()} - 1
   * @return [samples, channels, height, width], FLOAT32
   */
  public Tensor latents(int[] samples) {
    Shape latent = latent();
    int each = Math.toIntExact(latent.elements());
    float[] values = new float[samples.length * each];
    for (int i = 0; i < samples.length; i++) {
      shard(samples[i]).copyLatent(samples[i] % IN_A_SHARD, (float) scale, values, i * each);
    }
    return Tensor.of(values, samples.length, latent.dim(0), latent.dim(1), latent.dim(2));
  }

  /**
   * Tokens of captions.
   *
   * @param samples which
   * @param captions which of each sample's captions
   * @return INT64 [samples, length]
   */
  public Tensor tokens(int[] samples, int[] captions) {
    long[] values = new long[samples.length * length()];
    for (int i = 0; i < samples.length; i++) {
      shard(samples[i]).copyTokens(samples[i] % IN_A_SHARD, captions[i], values, i * length());
    }
    return Tensor.of(values, samples.length, length());
  }

  /**
   * {@return the position in the corpus of the only drawing that a sample shows; empty if it shows
   * several}
   *
   * @param sample which
   */
  public OptionalInt drawing(int sample) {
    int drawing = shard(sample).drawing(sample % IN_A_SHARD);
    return drawing < 0 ? OptionalInt.empty() : OptionalInt.of(drawing);
  }

  private LatentShard shard(int sample) {
    return shards.get(sample / IN_A_SHARD);
  }

  @Override
  public void close() {
    shards.forEach(LatentShard::close);
  }
}
