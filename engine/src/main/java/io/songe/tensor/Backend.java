package io.songe.tensor;

import io.songe.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * The native library underneath: loads it once, with the process prepared as it needs, and says
 * what the machine can do. Nothing else in the package touches a libtorch class before {@link
 * #load()} has run.
 */
public final class Backend {
  private static final boolean BFLOAT16 =
      Stream.of("avx512_bf16", "amx_bf16").anyMatch(cpuFeatures()::contains);

  private static final boolean BFLOAT16_TILES = cpuFeatures().contains("amx_bf16");

  private static final ThreadLocal<Integer> threadsHere = ThreadLocal.withInitial(() -> 0);

  /**
   * Loading happens when this class is initialised: once, and by one thread. A failure is kept, for
   * a class that fails to initialise tells only its first user why.
   */
  private static final class Loaded {
    static final Optional<EngineException> FAILURE = loadLibraries();
  }

  private static volatile int threads = Runtime.getRuntime().availableProcessors();

  private Backend() {}

  /**
   * Loads the native libraries; later calls do nothing.
   *
   * @throws EngineException if this platform has none, or they cannot be loaded
   */
  public static void load() {
    if (Loaded.FAILURE.isPresent()) {
      EngineException failure = Loaded.FAILURE.get();
      throw new EngineException(String.valueOf(failure.getMessage()), failure);
    }
  }

  private static Optional<EngineException> loadLibraries() {
    ProcessSettings.beforeLoading();
    try {
      loadFor(Loader.getPlatform());
      return Optional.empty();
    } catch (EngineException failure) {
      return Optional.of(failure);
    }
  }

  private static void loadFor(String platform) {
    if (!Stream.of("linux-x86_64", "macosx-arm64", "macosx-x86_64", "windows-x86_64")
        .toList()
        .contains(platform)) {
      throw new EngineException(
          "Songe computes with libtorch, which is not published for "
              + platform
              + "; use Linux or Windows on x86-64, or macOS on Apple silicon or x86-64");
    }
    try {
      Loader.load(torch.class);
    } catch (UnsatisfiedLinkError missing) {
      throw new EngineException(
          "libtorch for "
              + platform
              + " could not be loaded: "
              + missing.getMessage()
              + "; check that the artifact org.bytedeco:pytorch with classifier "
              + platform
              + " is on the class path, and that the cache folder "
              + Path.of(System.getProperty("user.home", "."), ".javacpp")
              + " can be written",
          missing);
    }
  }

  /**
   * {@return the folder into which the native libraries were unpacked; empty if this is not known}
   */
  public static Optional<Path> nativesFolder() {
    load();
    return Optional.ofNullable(Loader.getLoadedLibraries().get("jnitorch"))
        .map(Path::of)
        .map(Path::getParent);
  }

  /**
   * Sets how many threads an operation may use, from the next {@link Scope} on that a thread opens.
   *
   * @param count at least 1
   */
  public static void setThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("the number of threads is at least 1, got " + count);
    }
    threads = count;
  }

  /** {@return how many threads an operation may use} */
  public static int threads() {
    return threads;
  }

  /** The thread count of libtorch belongs to the calling thread, so each thread sets its own. */
  static void applyThreads() {
    int wanted = threads;
    if (threadsHere.get() != wanted) {
      torch.set_num_threads(wanted);
      threadsHere.set(wanted);
    }
  }

  /** {@return the version of the libtorch presets in use, such as 2.10.0-1.5.13} */
  public static String version() {
    String version = torch.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  /** {@return the type in which this machine computes fastest at sufficient accuracy} */
  public static DType fastestType() {
    return hasBfloat16() ? DType.BFLOAT16 : DType.FLOAT32;
  }

  /** {@return whether the processor has instructions for BFLOAT16} */
  public static boolean hasBfloat16() {
    return BFLOAT16;
  }

  /** {@return whether the processor multiplies tiles of BFLOAT16 (AMX)} */
  static boolean hasBfloat16Tiles() {
    return BFLOAT16_TILES;
  }

  /**
   * {@return the processor's features as the kernel names them, separated by blanks; empty where
   * the system does not tell}
   */
  public static String cpuFeatures() {
    return cpuInfo("flags");
  }

  /** {@return the processor's name; empty where the system does not tell} */
  public static String cpuName() {
    return cpuInfo("model name");
  }

  private static String cpuInfo(String key) {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip().toLowerCase(Locale.ROOT))
          .findFirst()
          .orElse("");
    } catch (IOException unreadable) {
      return "";
    }
  }
}
