package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever is in a file, the parser gives a header that may be trusted or a {@link
 * BrokenFileException}, and takes little memory for it. A failure names its seed; run {@link
 * #spoil} with it to see the file.
 */
class SafetensorsFuzzTest {
  private static final int CASES = 120_000;
  private static final HeaderMutation[] MUTATIONS = HeaderMutation.values();
  private static final List<String> REFUSALS =
      List.of(
          "is too short for a safetensors file",
          "is not a safetensors file",
          "claims a header of",
          "is truncated: its header has",
          "is truncated: its tensors need",
          "its header is not UTF-8",
          "its header is not JSON as expected",
          "has text after the end of its header",
          "has two '__metadata__'",
          "its '__metadata__' is not a JSON object",
          "is not text;",
          "is not proper Unicode",
          "has metadata",
          "has two tensors of the name",
          "is not a JSON object",
          "has an unknown field",
          "' twice",
          "lacks one of the fields",
          "which this version of Songe does not read",
          "that is not a list",
          "of more than",
          "not a whole number below 2^63",
          "not two ascending numbers",
          "more elements than can be counted",
          "bytes; the file is damaged",
          "overlaps",
          "unused bytes between",
          "after the last tensor");
  private static final FileLabel LABEL = new FileLabel("m.safetensors");

  @Test
  void spoiled_headers_bring_only_our_own_exception_and_bounded_memory() throws IOException {
    List<byte[]> originals = originals();
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    TreeMap<String, Integer> outcomes = new TreeMap<>();
    // Loads the classes, which the first case should not be charged for.
    for (long seed = 0; seed < 1000; seed++) {
      outcome(spoil(originals, seed), seed);
    }

    for (long seed = 0; seed < CASES; seed++) {
      byte[] file = spoil(originals, seed);
      long before = thread.getCurrentThreadAllocatedBytes();
      String outcome = outcome(file, seed);
      long allocated = thread.getCurrentThreadAllocatedBytes() - before;
      // Jackson's and the decoder's buffers, then what grows with the header itself.
      assertThat(allocated).as("seed %d, bytes", seed).isLessThan((128 << 10) + 64L * file.length);
      outcomes.merge(outcome, 1, Integer::sum);
    }

    // The mutations must reach every check, or they prove nothing.
    assertThat(outcomes).as("refusals met").containsKeys(REFUSALS.toArray(String[]::new));
    assertThat(outcomes.get("accepted")).isBetween(CASES / 100, CASES / 4);
  }

  private static String outcome(byte[] file, long seed) {
    try {
      return outcome(file);
    } catch (RuntimeException | Error wrong) {
      throw new AssertionError("seed " + seed, wrong);
    }
  }

  /** Runs the parser; an accepted header is checked anew, a refusal reduced to its kind. */
  private static String outcome(byte[] file) {
    try {
      SafetensorsHeader header = SafetensorsHeader.read(MemorySegment.ofArray(file), LABEL);
      long position = 0;
      for (SafetensorsHeader.Slot slot : header.slots()) {
        assertThat(slot.begin()).isEqualTo(position);
        assertThat(slot.end() - slot.begin())
            .isEqualTo(slot.shape().elements() * slot.dtype().bytes());
        position = slot.end();
      }
      assertThat(header.dataStart() + position).isEqualTo(file.length);
      assertThat(header.slots())
          .extracting(SafetensorsHeader.Slot::name)
          .doesNotHaveDuplicates()
          .doesNotContain("__metadata__");
      return "accepted";
    } catch (BrokenFileException refused) {
      String message = String.valueOf(refused.getMessage());
      assertThat(message).startsWith("m.safetensors: ").doesNotContain("\n").hasSizeLessThan(500);
      return REFUSALS.stream().filter(message::contains).findFirst().orElse("another refusal");
    }
  }

  /** The file of one case: an original with one to three things changed. */
  static byte[] spoil(List<byte[]> originals, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] file = originals.get(random.nextInt(originals.size()));
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && file.length > Long.BYTES + 1; i++) {
      file = MUTATIONS[random.nextInt(MUTATIONS.length)].apply(file, random);
    }
    return file;
  }

  private static List<byte[]> originals() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (String name : List.of("types", "edges", "nothing")) {
      files.add(Files.readAllBytes(Golden.file(name + ".safetensors")));
    }
    files.add(
        SafetensorsBytes.file(
            """
            {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"I8","shape":[],"data_offsets":[2,3]},"__metadata__":{"a":"x","b":"y"}}
            """,
            3));
    return files;
  }
}
