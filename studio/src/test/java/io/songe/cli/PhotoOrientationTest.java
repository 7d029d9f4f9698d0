package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
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
  void a_photograph_is_seen_as_it_was_taken(int orientation) {
    Surroundings around = new Run.Setting().surroundings();
    Image expected = Png.read(file("upright-" + orientation + ".png"), PngLimits.DEFAULT).image();

    Image read = StartPicture.read(file(orientation + ".jpg").toString(), around).source().image();

    assertThat(read.width()).isEqualTo(expected.width());
    assertThat(PictureComparison.of(read, expected).largest())
        .as("decoders of JPEG round differently")
        .isLessThanOrEqualTo(3);
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
