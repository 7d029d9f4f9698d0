package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The photographs are of tools/golden/photo_orientation.py, turned by Pillow. */
class PhotoOrientationTest {
  private static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(
                  PhotoOrientationTest.class.getResource("/golden/photos/" + name), name)
              .toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_photograph_is_seen_as_it_was_taken(int orientation) throws IOException {
    Image expected = Png.read(file("upright-" + orientation + ".png"), PngLimits.DEFAULT).image();

    Image read = Photo.of(Files.readAllBytes(file(orientation + ".jpg"))).orElseThrow().decode();

    assertThat(read.width()).isEqualTo(expected.width());
    assertThat(largestDifference(read, expected))
        .as("decoders of JPEG round differently")
        .isLessThanOrEqualTo(3);
  }

  private static int largestDifference(Image one, Image other) {
    byte[] first = one.rgba();
    byte[] second = other.rgba();
    return IntStream.range(0, first.length)
        .map(i -> Math.abs((first[i] & 0xff) - (second[i] & 0xff)))
        .max()
        .orElseThrow();
  }

  @Test
  void a_file_that_ends_anywhere_is_upright_or_as_it_says() throws IOException {
    byte[] whole = Files.readAllBytes(file("6.jpg"));

    for (int length = 0; length < whole.length; length++) {
      assertThat(PhotoOrientation.of(Arrays.copyOf(whole, length)))
          .isIn(PhotoOrientation.UPRIGHT, PhotoOrientation.LYING_LEFT);
    }
    assertThat(PhotoOrientation.of(whole)).isEqualTo(PhotoOrientation.LYING_LEFT);
  }

  @Test
  void garbled_data_is_no_reason_to_fail() throws IOException {
    byte[] whole = Files.readAllBytes(file("6.jpg"));

    for (int at = 0; at < 120; at++) {
      byte[] garbled = whole.clone();
      garbled[at] ^= (byte) 0xff;

      assertThat(PhotoOrientation.of(garbled)).isNotNull();
    }
  }
}
