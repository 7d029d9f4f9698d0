package io.songe.train.textimage;

import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What latents are made of. Those of equal recipes are equal.
 *
 * @param corpus fingerprint of the corpus
 * @param autoencoder fingerprint of the autoencoder
 * @param tokenizer fingerprint of the tokenizer
 * @param composition in words: which pictures in which shares, and what they are captioned with
 * @param seed of the pictures
 * @param side of the pictures that are encoded, in pixels
 * @param count how many, at least 1
 * @param captions how many each has, at least 1
 */
public record LatentRecipe(
    String corpus,
    String autoencoder,
    String tokenizer,
    String composition,
    long seed,
    int side,
    int count,
    int captions) {
  private static final String FORMAT = "songe-latents-1";

  /**
   * Checked.
   *
   * @throws InvalidRequestException if a number is out of its range
   */
  public LatentRecipe {
    if (count < 1 || captions < 1 || side < 1) {
      throw new InvalidRequestException(
          "latents are of at least 1 picture with at least 1 caption and 1 pixel, got %d, %d and %d"
              .formatted(count, captions, side));
    }
  }

  /** {@return the recipe as texts, by what they are; written into every shard} */
  SequencedMap<String, String> texts() {
    SequencedMap<String, String> texts = new TreeMap<>();
    texts.put("format", FORMAT);
    texts.put("corpus", corpus);
    texts.put("autoencoder", autoencoder);
    texts.put("tokenizer", tokenizer);
    texts.put("composition", composition);
    texts.put("seed", Long.toString(seed));
    texts.put("side", Integer.toString(side));
    texts.put("count", Integer.toString(count));
    texts.put("captions", Integer.toString(captions));
    return texts;
  }

  /**
   * Refuses a shard of other latents.
   *
   * @param found texts of the shard
   * @param shard to name in the message
   * @throws InvalidRequestException naming the first difference
   */
  void require(Map<String, String> found, FileLabel shard) {
    texts()
        .forEach((key, wanted) -> {
          String is = found.getOrDefault(key, "nothing");
          if (!is.equals(wanted)) {
            throw new InvalidRequestException(
                "%s holds latents that were made otherwise: %s is %s there, and %s is wanted; give another folder for latents, or remove those"
                    .formatted(shard.text(), key, is, wanted));
          }
        });
  }
}
