package io.songe.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The process's memory outside of Java's heap, where tensors lie: gives back what is not needed,
 * and says how much there is to have. On systems other than Linux nothing is given back and nothing
 * known.
 */
public final class NativeMemory {
  private static final long PAGE = 4096;
  private static final int NOT_NEEDED = 4; // MADV_DONTNEED
  private static final Path SYSTEM = Path.of("/proc/meminfo");
  private static final Path GROUP_LIMIT = Path.of("/sys/fs/cgroup/memory.max");
  private static final Path GROUP_STATISTICS = Path.of("/sys/fs/cgroup/memory.stat");

  private static final Optional<MethodHandle> ADVISE =
      function(
          "madvise",
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT);
  private static final Optional<MethodHandle> TRIM =
      function("malloc_trim", ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG);

  private NativeMemory() {}

  private static Optional<MethodHandle> function(
      String name, ValueLayout result, MemoryLayout... arguments) {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(name)
        .map(address -> linker.downcallHandle(address, FunctionDescriptor.of(result, arguments)));
  }

  /**
   * Gives back the pages that lie wholly in a part of a mapped file, and does nothing for other
   * memory. Weights are laid out anew when a network is built, and without this the file would stay
   * in memory beside them. The pages remain what they are: whoever reads one again has it fetched
   * from the file, or from the system's cache.
   *
   * @param part of a file that was mapped to be read
   */
  public static void releasePages(MemorySegment part) {
    if (ADVISE.isEmpty() || !part.isMapped() || !part.isReadOnly()) {
      return;
    }
    long first = Math.ceilDiv(part.address(), PAGE) * PAGE;
    long end = (part.address() + part.byteSize()) / PAGE * PAGE;
    if (end <= first) {
      return;
    }
    try {
      // a refusal is of no matter: the pages stay, and the system takes them when it needs them
      int _ = (int) ADVISE.get().invokeExact(first, end - first, NOT_NEEDED);
    } catch (Throwable refused) {
      throw new IllegalStateException("madvise failed", refused);
    }
  }

  /**
   * Gives the system back what the C allocator keeps for reuse. Worth it between two computations
   * that need large blocks of other sizes; takes some 50 ms for some hundred megabytes.
   */
  public static void trim() {
    if (TRIM.isEmpty()) {
      return; // another C library than glibc
    }
    try {
      int _ = (int) TRIM.get().invokeExact(0L);
    } catch (Throwable refused) {
      throw new IllegalStateException("malloc_trim failed", refused);
    }
  }

  /**
   * {@return how many bytes the process can still have before the system, or the container around
   * it, runs out of memory; empty where the system does not tell}
   */
  public static OptionalLong available() {
    OptionalLong system = systemAvailable();
    OptionalLong group = groupAvailable();
    if (system.isEmpty() || group.isEmpty()) {
      return system.isPresent() ? system : group;
    }
    return OptionalLong.of(Math.min(system.getAsLong(), group.getAsLong()));
  }

  private static OptionalLong systemAvailable() {
    OptionalLong kilobytes = entry(SYSTEM, "MemAvailable:");
    return kilobytes.isPresent()
        ? OptionalLong.of(1024 * kilobytes.getAsLong())
        : OptionalLong.empty();
  }

  /** The limit less what cannot be written out: files in the group's cache can be dropped. */
  private static OptionalLong groupAvailable() {
    try {
      long limit = Long.parseLong(Files.readString(GROUP_LIMIT).strip());
      return OptionalLong.of(limit - entry(GROUP_STATISTICS, "anon ").orElse(0));
    } catch (IOException | NumberFormatException unlimited) {
      return OptionalLong.empty();
    }
  }

  /** {@return the whole number in the line of a file that begins with a name} */
  private static OptionalLong entry(Path file, String name) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException | UncheckedIOException unknown) {
      return OptionalLong.empty();
    }
  }
}
