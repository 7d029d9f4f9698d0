package io.songe.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.PictureTexts;
import io.songe.image.Png;
import io.songe.image.SourceMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFormatTest {
  private static final String PARAMETERS = "un rêve, 🦊\nNegative prompt: rien\nSteps: 20, Seed: 7";

  @TempDir Path folder;

  /** Left half transparent, right half red. */
  private static Png half(int width, int height) {
    byte[] rgba = new byte[4 * width * height];
    for (int i = 0; i < width * height; i++) {
      if (i % width >= width / 2) {
        rgba[4 * i] = (byte) 220;
        rgba[4 * i + 3] = (byte) 255;
      }
    }
    return new Png(Image.of(width, height, rgba))
        .withText("parameters", PARAMETERS)
        .withText(SourceMark.KEYWORD, SourceMark.TRAINED_ALGORITHMIC_MEDIA.text());
  }

  @ParameterizedTest
  @EnumSource(PictureFormat.class)
  void a_picture_can_be_read_again_with_its_text(PictureFormat format) {
    assumeThat(format.canBeWritten()).isTrue();

    PictureUpload read = PictureUpload.read(format.encode(half(65, 33), 90, Colour.WHITE));

    assertThat(read.kind().mediaType()).isEqualTo(format.mediaType());
    assertThat(read.image().width()).isEqualTo(65);
    assertThat(read.image().height()).isEqualTo(33);
    String key = format == PictureFormat.PNG ? "parameters" : PictureTexts.USER_COMMENT;
    assertThat(read.texts()).containsEntry(key, PARAMETERS);
  }

  @ParameterizedTest
  @CsvSource({"PNG, 0", "WEBP, 0", "JPEG, 255"})
  void transparency_stays_where_there_is_such_a_thing(PictureFormat format, int alpha) {
    assumeThat(format.canBeWritten()).isTrue();

    Image read = PictureUpload.read(format.encode(half(64, 32), 90, Colour.WHITE)).image();

    assertThat(read.at(4, 16).alpha()).isEqualTo(alpha);
    assertThat(read.at(60, 16).alpha()).isEqualTo(255);
    assertThat(read.at(60, 16).red()).isBetween(210, 230);
  }

  @ParameterizedTest
  @CsvSource({"transparent, 255", "black, 0"})
  void behind_a_picture_without_transparency_is_a_colour(String behind, int blue) {
    byte[] jpeg = PictureFormat.JPEG.encode(half(64, 32), 90, Colour.parse(behind));

    assertThat(PictureUpload.read(jpeg).image().at(4, 16).blue()).isCloseTo(blue, within(4));
  }

  private static Offset<Integer> within(int offset) {
    return Assertions.within(offset);
  }

  @ParameterizedTest
  @EnumSource(PictureFormat.class)
  void exiftool_finds_the_mark_that_a_model_made_it(PictureFormat format) throws IOException {
    assumeThat(format.canBeWritten()).isTrue();
    Path file = folder.resolve("picture." + format.extension());
    Files.write(file, format.encode(half(64, 32), 80, Colour.WHITE));

    String said = exiftool("-s", "-warning", "-DigitalSourceType", "-ImageSize", file.toString());

    assertThat(said).contains("trainedAlgorithmicMedia", "64x32").doesNotContain("Warning");
  }

  private static String exiftool(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("exiftool"));
    command.addAll(List.of(arguments));
    try {
      Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException missing) {
      return abort("exiftool is not installed");
    }
  }

  @Test
  void a_text_too_long_for_a_segment_is_left_out_and_the_picture_stays_whole() {
    Png wordy = half(64, 32).withText("parameters", "x".repeat(40_000));

    PictureUpload read = PictureUpload.read(PictureFormat.JPEG.encode(wordy, 80, Colour.WHITE));

    assertThat(read.image().width()).isEqualTo(64);
    assertThat(read.texts()).isEmpty();
  }

  @Test
  void less_quality_is_a_smaller_file() {
    byte[] rgba = new byte[4 * 64 * 64];
    new Random(1).nextBytes(rgba);
    Image noisy = Image.of(64, 64, rgba);

    assertThat(PictureFormat.JPEG.encode(noisy, 20, Colour.WHITE).length)
        .isLessThan(PictureFormat.JPEG.encode(noisy, 95, Colour.WHITE).length / 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 101})
  void a_quality_out_of_its_range_is_refused(int quality) {
    assertThatThrownBy(() -> PictureFormat.PNG.encode(half(8, 8), quality, Colour.WHITE))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the quality of a picture goes from 0 to 100, got " + quality);
  }

  @Test
  void formats_have_several_names() {
    assertThat(PictureFormat.named("JPG")).isEqualTo(PictureFormat.JPEG);
    assertThat(PictureFormat.named("image/webp")).isEqualTo(PictureFormat.WEBP);
    assertThatThrownBy(() -> PictureFormat.named("tiff"))
        .hasMessage("unknown picture format \"tiff\"; known are png, jpeg, webp");
  }
}
