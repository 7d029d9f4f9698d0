package io.songe.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the process needs before libtorch loads. OpenBLAS must not start threads of its own beside
 * OpenMP's (attention is twenty times slower then). Idle OpenMP threads spin for some tens of
 * microseconds, the time between two small operations, and then sleep: sleeping at once nearly
 * halves the speed of small networks, and spinning for long starves whatever else runs. A value
 * that the user has set is left alone. On Linux the C allocator also keeps large blocks instead of
 * returning each to the system, which would fault every page in again, and libtorch asks for large
 * pages: with small ones a large network spends more time on faults than on arithmetic.
 */
final class ProcessSettings {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OPENBLAS_NUM_THREADS",
          "1",
          "OMP_WAIT_POLICY",
          "passive",
          "GOMP_SPINCOUNT",
          "20000",
          "THP_MEM_ALLOC_ENABLE",
          "1");

  /** JavaCPP would refuse memory beyond a multiple of the heap, mapped weights included. */
  private static final Map<String, String> PROPERTIES =
      Map.of("org.bytedeco.javacpp.maxBytes", "0", "org.bytedeco.javacpp.maxPhysicalBytes", "0");

  /** The names are glibc's: M_TOP_PAD, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD. */
  private static final Map<Integer, Integer> ALLOCATOR =
      Map.of(-2, 64 << 20, -3, 1 << 30, -1, 512 << 20);

  private ProcessSettings() {}

  static void beforeLoading() {
    PROPERTIES.forEach((name, value) -> {
      if (System.getProperty(name) == null) {
        System.setProperty(name, value);
      }
    });
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
    ENVIRONMENT.forEach((name, value) -> {
      if (System.getenv(name) == null) {
        setEnvironment(name, value, windows);
      }
    });
    if (System.getProperty("os.name", "").equals("Linux")) {
      ALLOCATOR.forEach(ProcessSettings::mallopt);
    }
  }

  private static void setEnvironment(String name, String value, boolean windows) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment cName = arena.allocateFrom(name);
      MemorySegment cValue = arena.allocateFrom(value);
      if (windows) {
        MethodHandle putenv =
            function("_putenv_s", ValueLayout.ADDRESS, ValueLayout.ADDRESS).orElseThrow();
        int _ = (int) putenv.invokeExact(cName, cValue);
      } else {
        MethodHandle setenv =
            function("setenv", ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                .orElseThrow();
        int _ = (int) setenv.invokeExact(cName, cValue, 1);
      }
    } catch (Throwable refused) {
      throw new IllegalStateException("could not set " + name + " in the environment", refused);
    }
  }

  private static void mallopt(int parameter, int value) {
    Optional<MethodHandle> function =
        function("mallopt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    if (function.isEmpty()) {
      return; // another C library than glibc: only slower
    }
    try {
      int _ = (int) function.get().invokeExact(parameter, value);
    } catch (Throwable refused) {
      throw new IllegalStateException("mallopt failed", refused);
    }
  }

  private static Optional<MethodHandle> function(String name, ValueLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    SymbolLookup lookup = linker.defaultLookup();
    return lookup
        .find(name)
        .map(address ->
            linker.downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments)));
  }
}
