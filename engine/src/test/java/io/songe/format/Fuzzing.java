package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;

/**
 * Reads very many spoiled files, and looks at what comes of each: it is read, or refused by a
 * {@link BrokenFileException} of one line, and takes little memory for it. A failure names the
 * case's seed.
 *
 * @param spoiled makes the file of a case
 * @param reader reads a file wholly, checks what it gives, or throws
 * @param refusals parts of the messages, by which outcomes are counted
 * @param memory that may be allocated for any file, in bytes; besides, so many times its length
 */
public record Fuzzing(
    LongFunction<byte[]> spoiled,
    BiConsumer<MemorySegment, FileLabel> reader,
    List<String> refusals,
    long memory) {
  private static final int WARM_UP = 1000;
  private static final int TIMES_THE_LENGTH = 64;
  private static final FileLabel LABEL = new FileLabel("m.bin");

  /** {@return how often each refusal was met, and under "read" how often there was none} */
  public Map<String, Integer> run(int cases) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Map<String, Integer> outcomes = new TreeMap<>();
    // Loads the classes, which the first case should not be charged for.
    for (long seed = 0; seed < WARM_UP; seed++) {
      outcome(spoiled.apply(seed), seed);
    }
    for (long seed = 0; seed < cases; seed++) {
      byte[] file = spoiled.apply(seed);
      long before = thread.getCurrentThreadAllocatedBytes();
      String outcome = outcome(file, seed);
      long allocated = thread.getCurrentThreadAllocatedBytes() - before;
      if (allocated > memory + TIMES_THE_LENGTH * (long) file.length) {
        throw new AssertionError(
            "seed %d: %d bytes for a file of %d".formatted(seed, allocated, file.length));
      }
      outcomes.merge(outcome, 1, Integer::sum);
    }
    return outcomes;
  }

  private String outcome(byte[] file, long seed) {
    try {
      reader.accept(MemorySegment.ofArray(file), LABEL);
      return "read";
    } catch (BrokenFileException refused) {
      String message = String.valueOf(refused.getMessage());
      assertThat(message)
          .as("seed %d", seed)
          .startsWith("m.bin: ")
          .doesNotContain("\n")
          .hasSizeLessThan(800);
      return refusals.stream().filter(message::contains).findFirst().orElse(message);
    } catch (RuntimeException | Error wrong) {
      throw new AssertionError("seed " + seed, wrong);
    }
  }
}
