package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.error.BrokenFileException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PngFuzzTest {
  private static final int MUTATIONS = 20_000;
  private static final PngLimits LIMITS = new PngLimits(1 << 16, 10_000, 1 << 14);

  @Test
  void altered_files_are_read_or_refused_and_nothing_else() {
    List<byte[]> files = files();
    int read = 0;
    int refused = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      byte[] altered = alter(files.get(seed % files.size()), new Random(seed));
      try {
        Png png = Png.decode(altered, "fuzz", LIMITS);
        assertThat((long) png.image().width() * png.image().height()).isLessThanOrEqualTo(10_000);
        read++;
      } catch (BrokenFileException broken) {
        assertThat(broken).as("seed %d", seed).hasMessageStartingWith("fuzz: ");
        refused++;
      } catch (RuntimeException defect) {
        throw new AssertionError("seed " + seed, defect);
      }
    }

    // Otherwise the alterations were too mild or too wild to show anything.
    assertThat(read).isGreaterThan(MUTATIONS / 20);
    assertThat(refused).isGreaterThan(MUTATIONS / 4);
  }

  private static List<byte[]> files() {
    Stream<JsonNode> golden =
        Stream.concat(
            Golden.read("png_pixels.json").valueStream(),
            Golden.read("png_text.json").valueStream());
    byte[] ours =
        new Png(ImageTest.random(9, 7, 1)).withText("parameters", "é").withText("b", "🦊").encode();
    return Stream.concat(golden.map(each -> Golden.bytes(each.get("png"))), Stream.of(ours))
        .toList();
  }

  private static byte[] alter(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      int at = 8 + random.nextInt(bytes.length - 8);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0 : 255);
        case 3 -> bytes = cutOut(bytes, at, random.nextInt(20));
        case 4 -> bytes = repeat(bytes, at, random.nextInt(20));
        default -> ByteBuffer.wrap(bytes).putInt(Math.min(at, bytes.length - 4), random.nextInt());
      }
    }
    // Mostly with checksums that fit again, since they would hide everything behind them.
    if (random.nextInt(10) > 0) {
      repairChecksums(bytes);
    }
    return bytes;
  }

  private static byte[] cutOut(byte[] bytes, int at, int count) {
    int end = Math.min(bytes.length, at + count);
    byte[] result = Arrays.copyOf(bytes, Math.max(9, bytes.length - (end - at)));
    System.arraycopy(bytes, end, result, at, Math.min(bytes.length - end, result.length - at));
    return result;
  }

  private static byte[] repeat(byte[] bytes, int at, int count) {
    int length = Math.min(count, bytes.length - at);
    byte[] result = Arrays.copyOf(bytes, bytes.length + length);
    System.arraycopy(bytes, at, result, at + length, bytes.length - at);
    return result;
  }

  private static void repairChecksums(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int position = 8;
    while (position + 12 <= bytes.length) {
      int length = buffer.getInt(position);
      if (length < 0 || length > bytes.length - position - 12) {
        return;
      }
      var crc = new CRC32();
      crc.update(bytes, position + 4, 4 + length);
      buffer.putInt(position + 8 + length, (int) crc.getValue());
      position += 12 + length;
    }
  }
}
