package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.error.BrokenFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The files are written by {@code tools/golden/foreign_pictures.py}. */
class PictureTextsFuzzTest {
  private static final int MUTATIONS = 100_000;
  private static final PngLimits LIMITS = new PngLimits(1 << 16, 10_000, 1 << 14);

  @Test
  void altered_files_are_read_or_refused_and_nothing_else() {
    List<byte[]> files =
        Golden.read("foreign_pictures.json")
            .valueStream()
            .map(each -> Golden.bytes(each.get("file")))
            .toList();
    int read = 0;
    int refused = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      byte[] altered = alter(files.get(seed % files.size()), new Random(seed));
      try {
        PictureTexts.decode(altered, "fuzz", LIMITS);
        read++;
      } catch (BrokenFileException broken) {
        assertThat(broken.getMessage()).as("seed %d", seed).startsWith("fuzz: ");
        refused++;
      } catch (RuntimeException defect) {
        throw new AssertionError("seed " + seed, defect);
      }
    }

    // Otherwise the alterations were too mild or too wild to show anything.
    assertThat(read).isGreaterThan(MUTATIONS / 10);
    assertThat(refused).isGreaterThan(MUTATIONS / 10);
  }

  /** Mostly near the beginning, where lengths and places are. */
  private static byte[] alter(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      int reach = random.nextBoolean() ? Math.min(bytes.length, 100) : bytes.length;
      int at = 2 + random.nextInt(reach - 2);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0 : 255);
        case 3 -> bytes = Arrays.copyOf(bytes, Math.max(at, 32));
        default -> {
          int to = 2 + random.nextInt(bytes.length - 2);
          int count = bytes.length - Math.max(at, to);
          System.arraycopy(bytes, at, bytes, to, random.nextInt(count) + 1);
        }
      }
    }
    return bytes;
  }
}
