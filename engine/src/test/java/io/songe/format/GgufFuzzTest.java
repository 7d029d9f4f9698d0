package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.file.FileLabel;
import io.songe.format.gguf.GgufHeader;
import io.songe.format.gguf.GgufTensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever is in a GGUF file, its header is read and true, or refused. */
class GgufFuzzTest {
  private static final int CASES = 100_000;
  private static final List<String> REFUSALS =
      List.of(
          "is not a GGUF file",
          "is a GGUF file of version",
          "big-endian byte order",
          "is truncated: its header goes on",
          "is truncated: tensor",
          "tensors, allowed are",
          "entries of metadata, allowed are",
          "bytes of key, allowed are",
          "bytes of tensor name, allowed are",
          "bytes of metadata text, allowed are",
          "dimensions, allowed are",
          "that is not valid UTF-8",
          "of the unknown type",
          "twice",
          "an alignment that is no whole number",
          "an alignment of",
          "two tensors of the name",
          "which this version of Songe does not read",
          "has a shape of",
          "but blocks of",
          " and was [",
          "bytes after the header, expected",
          "after the last tensor");

  @Test
  void spoiled_files_bring_only_our_own_exception_and_bounded_memory() throws IOException {
    byte[] types = Files.readAllBytes(Golden.file("gguf/types.gguf"));
    List<byte[]> originals =
        List.of(types, new GgufBytes().aligned(64).tensor("w", 0, 0, 3).data(12).end());

    Map<String, Integer> outcomes =
        new Fuzzing(
                seed -> spoiled(originals, new SplittableRandom(seed)),
                GgufFuzzTest::readAndCheck,
                REFUSALS,
                128 << 10)
            .run(CASES);

    // The mutations must reach the checks, or they prove nothing.
    assertThat(outcomes).containsKeys(REFUSALS.toArray(String[]::new));
    assertThat(outcomes.get("read")).isBetween(CASES / 50, CASES / 2);
  }

  private static void readAndCheck(MemorySegment file, FileLabel label) {
    GgufHeader header = GgufHeader.read(file, label);
    long end = 0;
    for (GgufTensor tensor : header.tensors()) {
      long blocks = tensor.shape().elements() / tensor.type().blockElements();
      if (tensor.start() < end || tensor.bytes() != blocks * tensor.type().blockBytes()) {
        throw new AssertionError(tensor.toString());
      }
      end = tensor.start() + tensor.bytes();
    }
    if (end > file.byteSize()) {
      throw new AssertionError("tensors end at " + end);
    }
  }

  /** Mostly in the header, since no byte of the data is looked at. */
  private static byte[] spoiled(List<byte[]> originals, SplittableRandom random) {
    byte[] file = originals.get(random.nextInt(originals.size()));
    int header = Math.min(file.length, 1700);
    if (random.nextInt(8) == 0) {
      return ByteMutation.spoil(file, random);
    }
    byte[] spoiled =
        random.nextInt(4) == 0
            ? renamed(file, random)
            : ByteMutation.spoil(Arrays.copyOf(file, header), random);
    return spoiled.length < header / 2
        ? spoiled
        : ByteMutation.spliced(
            spoiled, spoiled.length, 0, Arrays.copyOfRange(file, header, file.length));
  }

  /** A name in the place of another, which takes both apart. */
  private static byte[] renamed(byte[] file, SplittableRandom random) {
    List<String> names = List.of("small.Q4_0", "small.Q4_1", "large.Q2_K", "large.Q3_K");
    byte[] from = names.get(random.nextInt(4)).getBytes(StandardCharsets.US_ASCII);
    byte[] to = names.get(random.nextInt(4)).getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at < file.length - from.length; at++) {
      if (Arrays.equals(file, at, at + from.length, from, 0, from.length)) {
        return ByteMutation.spoil(ByteMutation.spliced(file, at, from.length, to), random);
      }
    }
    return ByteMutation.spoil(file, random);
  }
}
