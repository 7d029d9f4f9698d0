package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What this process holds open, as Linux tells; elsewhere nothing is known. */
final class OpenFiles {
  private static final Path MAPPED = Path.of("/proc/self/maps");
  private static final Path OPENED = Path.of("/proc/self/fd");

  private OpenFiles() {}

  /** Asserts that no file below a folder is open or mapped into memory. */
  static void assertNoneBelow(Path folder) throws IOException {
    List<String> held = new ArrayList<>();
    if (Files.isReadable(MAPPED)) {
      try (Stream<String> lines = Files.lines(MAPPED)) {
        lines.filter(line -> line.contains(folder.toString())).forEach(held::add);
      }
    }
    if (Files.isReadable(OPENED)) {
      try (Stream<Path> descriptors = Files.list(OPENED)) {
        descriptors
            .map(OpenFiles::target)
            .filter(name -> name.startsWith(folder.toString()))
            .forEach(held::add);
      }
    }
    assertThat(held).as("files that are still held").isEmpty();
  }

  /** The descriptor with which the list was read is gone by now. */
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException gone) {
      return "";
    }
  }
}
