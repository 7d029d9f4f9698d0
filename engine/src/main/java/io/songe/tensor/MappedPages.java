package io.songe.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Gives back the memory of a mapped file's pages that were read: weights are laid out anew when a
 * network is built, and without this the file would stay in memory beside them. The pages remain
 * what they are; whoever reads one again has it fetched from the file, or from the system's cache.
 */
public final class MappedPages {
  private static final long PAGE = 4096;
  private static final int NOT_NEEDED = 4; // MADV_DONTNEED of Linux

  private static final Optional<MethodHandle> ADVISE =
      System.getProperty("os.name", "").equals("Linux") ? advise() : Optional.empty();

  private MappedPages() {}

  private static Optional<MethodHandle> advise() {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("madvise")
        .map(address ->
            linker.downcallHandle(
                address,
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT)));
  }

  /**
   * Gives back the pages that lie wholly in a part of a mapped file. Does nothing for other memory,
   * and on systems other than Linux.
   *
   * @param part of a file that was mapped to be read
   */
  public static void release(MemorySegment part) {
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
}
