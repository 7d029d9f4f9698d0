package io.songe.train.textimage;

import io.songe.file.FileLabel;
import io.songe.format.SafetensorsFile;
import io.songe.format.SafetensorsWriter;
import io.songe.format.StoredTensor;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.CRC32C;

/**
 * One file of latents with their captions, mapped until it is closed: {@code latents}, [n,
 * channels, height, width] in BFLOAT16 as the autoencoder gives them; {@code tokens}, [n, captions,
 * length] in INT32; {@code drawings}, [n] in INT32, -1 where there are several. Its metadata hold
 * the {@link LatentRecipe}, a checksum, and the sums of all latents and of their squares.
 */
final class LatentShard implements AutoCloseable {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final String LATENTS = "latents";
  private static final String TOKENS = "tokens";
  private static final String DRAWINGS = "drawings";
  private static final String CHECKSUM = "crc32c";
  private static final String SUM = "sum";
  private static final String SQUARES = "squares";

  private final SafetensorsFile file;
  private final StoredTensor latents;
  private final StoredTensor tokens;
  private final StoredTensor drawings;

  private LatentShard(SafetensorsFile file) {
    this.file = file;
    latents = file.get(LATENTS);
    tokens = file.get(TOKENS);
    drawings = file.get(DRAWINGS);
  }

  /**
   * Opens a shard.
   *
   * @param path of the file
   * @param recipe that it must be of
   * @param count how many latents it must have
   * @return the shard, checked and open
   * @throws io.songe.error.InvalidRequestException if it was made by another recipe
   * @throws io.songe.error.BrokenFileException if it is damaged
   */
  static LatentShard open(Path path, LatentRecipe recipe, int count) {
    SafetensorsFile file = SafetensorsFile.open(path);
    try {
      recipe.require(file.metadata(), FileLabel.of(path));
      LatentShard shard = new LatentShard(file);
      shard.requireWhole(FileLabel.of(path), recipe, count);
      return shard;
    } catch (RuntimeException unusable) {
      file.close();
      throw unusable;
    }
  }

  private void requireWhole(FileLabel label, LatentRecipe recipe, int count) {
    boolean fits =
        latents.dtype() == DType.BFLOAT16
            && latents.shape().rank() == 4
            && latents.shape().dim(0) == count
            && tokens.dtype() == DType.INT32
            && tokens.shape().rank() == 3
            && tokens.shape().dim(0) == count
            && tokens.shape().dim(1) == recipe.captions()
            && drawings.dtype() == DType.INT32
            && drawings.shape().equals(Shape.of(count));
    String checksum = checksum(List.of(latents.data(), tokens.data(), drawings.data()));
    if (!fits || !checksum.equals(file.metadata().get(CHECKSUM))) {
      throw label.broken("this shard of latents is damaged; remove it, and it is made anew");
    }
  }

  /**
   * Writes a shard.
   *
   * @param path of the file
   * @param recipe that it is made by
   * @param latents in BFLOAT16
   * @param tokens in INT32
   * @param drawings in INT32
   */
  static void write(
      Path path, LatentRecipe recipe, Values latents, Values tokens, Values drawings) {
    SequencedMap<String, String> metadata = recipe.texts();
    double sum = 0;
    double squares = 0;
    for (long at = 0; at < latents.data.byteSize(); at += SHORT.byteSize()) {
      double value = widened(latents.data.get(SHORT, at));
      sum += value;
      squares += value * value;
    }
    metadata.put(SUM, Double.toString(sum));
    metadata.put(SQUARES, Double.toString(squares));
    metadata.put(CHECKSUM, checksum(List.of(latents.data, tokens.data, drawings.data)));
    SafetensorsWriter.write(
        path,
        List.of(
            new StoredTensor(LATENTS, DType.BFLOAT16, latents.shape, latents.data),
            new StoredTensor(TOKENS, DType.INT32, tokens.shape, tokens.data),
            new StoredTensor(DRAWINGS, DType.INT32, drawings.shape, drawings.data)),
        metadata);
  }

  /**
   * Elements of a tensor.
   *
   * @param shape of it
   * @param data little-endian
   */
  record Values(Shape shape, MemorySegment data) {
    /** Whole numbers, in INT32. */
    static Values of(int[] numbers, long... shape) {
      MemorySegment data = MemorySegment.ofArray(new byte[Integer.BYTES * numbers.length]);
      for (int i = 0; i < numbers.length; i++) {
        data.setAtIndex(INT, i, numbers[i]);
      }
      return new Values(Shape.of(shape), data);
    }
  }

  private static String checksum(List<MemorySegment> parts) {
    CRC32C crc = new CRC32C();
    parts.forEach(part -> crc.update(part.asByteBuffer()));
    return Long.toHexString(crc.getValue());
  }

  /** {@return the shape of one latent, [channels, height, width]} */
  Shape latent() {
    return Shape.of(latents.shape().dim(1), latents.shape().dim(2), latents.shape().dim(3));
  }

  /** {@return how many tokens a caption has} */
  int length() {
    return Math.toIntExact(tokens.shape().dim(2));
  }

  /** {@return the sum of all elements of all latents} */
  double sum() {
    return Double.parseDouble(file.metadata().getOrDefault(SUM, "NaN"));
  }

  /** {@return the sum of the squares of all elements of all latents} */
  double squares() {
    return Double.parseDouble(file.metadata().getOrDefault(SQUARES, "NaN"));
  }

  /**
   * Copies one latent.
   *
   * @param index of it
   * @param scale it is multiplied by
   * @param into where
   * @param at the first position
   */
  void copyLatent(int index, float scale, float[] into, int at) {
    int size = Math.toIntExact(latent().elements());
    long start = (long) index * size;
    for (int i = 0; i < size; i++) {
      into[at + i] = scale * widened(latents.data().getAtIndex(SHORT, start + i));
    }
  }

  /**
   * Copies the tokens of one caption.
   *
   * @param index of the latent
   * @param caption which of its captions
   * @param into where
   * @param at the first position
   */
  void copyTokens(int index, int caption, long[] into, int at) {
    int length = length();
    long start = (index * tokens.shape().dim(1) + caption) * length;
    for (int i = 0; i < length; i++) {
      into[at + i] = tokens.data().getAtIndex(INT, start + i);
    }
  }

  /** {@return the drawing that a latent is of; -1 if it is of several} */
  int drawing(int index) {
    return drawings.data().getAtIndex(INT, index);
  }

  /** A BFLOAT16 is the upper half of a float. */
  private static float widened(short bfloat16) {
    return Float.intBitsToFloat(bfloat16 << Short.SIZE);
  }

  @Override
  public void close() {
    file.close();
  }
}
