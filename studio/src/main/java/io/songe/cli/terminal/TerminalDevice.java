package io.songe.cli.terminal;

import java.io.Console;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The device behind standard error, asked through the C library on Linux and macOS. Elsewhere only
 * the Java virtual machine is asked, and the size is the usual one.
 */
final class TerminalDevice {
  private static final int STANDARD_ERROR = 2;

  /** The request for the window's size, TIOCGWINSZ. */
  private static final long WINDOW_SIZE_ON_LINUX = 0x5413;

  private static final long WINDOW_SIZE_ON_MACOS = 0x40087468;

  /** Answers arrive within milliseconds, over a slow line within some hundred. */
  private static final String STTY_WAIT_TENTHS = "3";

  private static final File CONTROLLING = new File("/dev/tty");

  private TerminalDevice() {}

  /** The size of the window behind standard error, empty if that is not a terminal. */
  static Optional<Window> windowOfStandardError() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.equals("linux")) {
      return window(WINDOW_SIZE_ON_LINUX);
    }
    if (system.startsWith("mac")) {
      return window(WINDOW_SIZE_ON_MACOS);
    }
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).map(_ -> Window.USUAL);
  }

  private static Optional<Window> window(long request) {
    try (Arena arena = Arena.ofConfined()) {
      // struct winsize { unsigned short rows, columns, width, height; }
      MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
      MethodHandle ioctl =
          function(
              "ioctl",
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS),
              Linker.Option.firstVariadicArg(2));
      if ((int) ioctl.invokeExact(STANDARD_ERROR, request, size) != 0) {
        return Optional.empty();
      }
      int rows = unsigned(size, 0);
      int columns = unsigned(size, 1);
      return Optional.of(
          rows > 0 && columns > 0
              ? new Window(columns, rows, unsigned(size, 2), unsigned(size, 3))
              : Window.USUAL);
    } catch (Throwable unknown) {
      throw new IllegalStateException("could not ask for the size of the terminal", unknown);
    }
  }

  private static int unsigned(MemorySegment shorts, long index) {
    return Short.toUnsignedInt(shorts.getAtIndex(ValueLayout.JAVA_SHORT, index));
  }

  private static MethodHandle function(
      String name, FunctionDescriptor signature, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature, options);
  }

  /**
   * Asks the controlling terminal what it is, with its echo and its lines switched off meanwhile;
   * empty if it does not answer, if there is none, or if this process is not in the foreground.
   */
  static Optional<DeviceAttributes> askAttributes() {
    if (!CONTROLLING.canRead() || !inForeground()) {
      return Optional.empty();
    }
    try {
      String before = stty("-g");
      try {
        stty("-icanon", "-echo", "min", "0", "time", STTY_WAIT_TENTHS);
        return answer();
      } finally {
        stty(before);
      }
    } catch (IOException noTerminal) {
      return Optional.empty();
    }
  }

  private static Optional<DeviceAttributes> answer() throws IOException {
    try (FileOutputStream out = new FileOutputStream(CONTROLLING);
        FileInputStream in = new FileInputStream(CONTROLLING)) {
      out.write(DeviceAttributes.QUESTION.getBytes(StandardCharsets.US_ASCII));
      StringBuilder read = new StringBuilder();
      Optional<DeviceAttributes> answer = Optional.empty();
      while (answer.isEmpty()) {
        int next = in.read();
        if (next < 0) {
          return Optional.empty(); // silent for the time set
        }
        read.append((char) next);
        answer = DeviceAttributes.parse(read.toString());
      }
      return answer;
    }
  }

  private static boolean inForeground() {
    try {
      FunctionDescriptor intOfInt =
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
      MethodHandle foreground = function("tcgetpgrp", intOfInt);
      MethodHandle group = function("getpgid", intOfInt);
      return (int) foreground.invokeExact(STANDARD_ERROR) == (int) group.invokeExact(0);
    } catch (Throwable unknown) {
      throw new IllegalStateException("could not ask who is in the foreground", unknown);
    }
  }

  private static String stty(String... arguments) throws IOException {
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of("stty"), Stream.of(arguments)).toList())
            .redirectInput(CONTROLLING)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("stty failed");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stty was interrupted", stopped);
    }
    return printed;
  }
}
