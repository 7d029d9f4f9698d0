package io.songe.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is given back is less, and stays what it is. */
class NativeMemoryTest {
  private static final int SIZE = 64 << 20;

  @Test
  void released_pages_of_a_file_leave_the_process_and_keep_their_content(@TempDir Path folder)
      throws IOException {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    byte[] content = new byte[SIZE];
    Arrays.fill(content, (byte) 7);
    Path file = Files.write(folder.resolve("weights"), content);

    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file)) {
      MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, SIZE, arena);
      long sum = sum(mapped);
      long before = residentOfFiles();
      NativeMemory.releasePages(mapped.asSlice(100, SIZE - 200));
      long after = residentOfFiles();

      assertThat(before - after).isGreaterThan(SIZE * 9L / 10);
      assertThat(sum(mapped)).isEqualTo(sum).isEqualTo(7L * SIZE / 8);
    }
  }

  @Test
  void memory_that_is_no_file_is_left_alone() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment own = arena.allocate(1 << 20).fill((byte) 3);

      NativeMemory.releasePages(own.asReadOnly());

      assertThat(own.get(ValueLayout.JAVA_BYTE, 1 << 19)).isEqualTo((byte) 3);
    }
  }

  @Test
  void trimming_leaves_tensors_as_they_are() {
    try (Scope _ = Scope.open()) {
      Tensor kept = Tensor.full(2, 1000);

      NativeMemory.trim();

      assertThat(kept.sum().item()).isEqualTo(2000);
    }
  }

  @Test
  void linux_tells_how_much_memory_there_is() {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");

    assertThat(NativeMemory.available().orElseThrow()).isBetween(1L << 20, 1L << 45);
  }

  /** Of every eighth byte. */
  private static long sum(MemorySegment bytes) {
    long sum = 0;
    for (long i = 0; i < bytes.byteSize(); i += 8) {
      sum += bytes.get(ValueLayout.JAVA_BYTE, i);
    }
    return sum;
  }

  private static long residentOfFiles() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("RssFile:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
