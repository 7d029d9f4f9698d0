package io.songe.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import io.songe.image.BufferedImages;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureUploadTest {
  private static final Image RED = Image.filled(24, 16, Colour.opaque(200, 30, 40));

  private static byte[] file(PictureUpload.Kind kind) throws IOException {
    if (kind == PictureUpload.Kind.PNG) {
      return new Png(RED).withText("parameters", "a fox").encode();
    }
    var out = new ByteArrayOutputStream();
    assertThat(
            ImageIO.write(BufferedImages.toBufferedImage(RED), kind.mediaType().substring(6), out))
        .isTrue();
    return out.toByteArray();
  }

  @ParameterizedTest
  @EnumSource(PictureUpload.Kind.class)
  void the_type_is_told_by_the_first_bytes(PictureUpload.Kind kind) throws IOException {
    PictureUpload upload = PictureUpload.read(file(kind));

    assertThat(upload.kind()).isEqualTo(kind);
    assertThat(upload.image().width()).isEqualTo(24);
    assertThat(upload.image().height()).isEqualTo(16);
    Colour seen = upload.image().at(12, 8);
    assertThat(Math.abs(seen.red() - 200)).isLessThanOrEqualTo(6); // JPEG and WebP round
    assertThat(Math.abs(seen.green() - 30)).isLessThanOrEqualTo(6);
  }

  @Test
  void texts_come_along() throws IOException {
    assertThat(PictureUpload.read(file(PictureUpload.Kind.PNG)).texts())
        .containsEntry("parameters", "a fox");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "<?xml version='1.0'?><!-- x --><SVG/>",
        "\u00ef\u00bb\u00bf<svg/>"
      })
  void a_drawing_of_svg_is_refused_by_name(String text) {
    assertThatThrownBy(() -> PictureUpload.read(text.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("SVG")
        .hasMessageEndingWith("; give a PNG, JPEG, WebP or GIF file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%PDF-1.7", "BM123456", "GIF88a", "RIFF0000WAVE", "\u0000", "{}"})
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> PictureUpload.read(text.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("give a PNG, JPEG, WebP or GIF file");
  }

  @Test
  void nothing_is_no_picture() {
    assertThatThrownBy(() -> PictureUpload.read(new byte[0]))
        .hasMessage("the picture is empty; give a PNG, JPEG, WebP or GIF file");
  }

  @ParameterizedTest
  @EnumSource(PictureUpload.Kind.class)
  void a_picture_of_too_many_pixels_is_not_decoded(PictureUpload.Kind kind) throws IOException {
    byte[] file = file(kind);

    assertThatThrownBy(() -> PictureUpload.read(file, new PictureUpload.Limits(1 << 20, 383)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("383");
  }

  @Test
  void a_bomb_is_refused_by_its_size() {
    ByteBuffer gif = ByteBuffer.allocate(64).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    gif.put("GIF89a".getBytes(StandardCharsets.ISO_8859_1));
    gif.putShort((short) 65535).putShort((short) 65535).put(new byte[3]);
    gif.put((byte) 0x2c).putInt(0).putShort((short) 65535).putShort((short) 65535).put((byte) 0);

    assertThatThrownBy(() -> PictureUpload.read(gif.array()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("4294836225 pixels, more than the limit of 40000000");
  }

  @Test
  void a_file_of_too_many_bytes_is_refused() {
    assertThatThrownBy(() -> PictureUpload.read(new byte[101], new PictureUpload.Limits(100, 9)))
        .hasMessage(
            "the picture's file has 101 bytes, more than the limit of 100; make it smaller");
  }

  @ParameterizedTest
  @EnumSource(PictureUpload.Kind.class)
  void a_file_that_is_cut_off_is_refused_or_read_as_far_as_it_goes(PictureUpload.Kind kind)
      throws IOException {
    byte[] whole = file(kind);

    for (int length = 1; length < whole.length; length += 3) {
      byte[] cut = Arrays.copyOf(whole, length);
      try {
        PictureUpload.read(cut);
      } catch (InvalidRequestException refused) {
        assertThat(refused).hasMessageNotContaining("Exception");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PictureUpload.Kind.class)
  void a_garbled_file_is_refused_or_read(PictureUpload.Kind kind) throws IOException {
    byte[] whole = file(kind);

    for (int at = 0; at < whole.length; at++) {
      byte[] garbled = whole.clone();
      garbled[at] ^= (byte) 0x55;
      try {
        PictureUpload.read(garbled);
      } catch (InvalidRequestException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void of_a_name_only_the_last_part_is_kept() throws IOException {
    PictureUpload upload = PictureUpload.read(file(PictureUpload.Kind.PNG));

    assertThat(upload.source("C:\\pictures\\fox.png").name()).isEqualTo("fox.png");
    assertThat(upload.source("../../etc/fox.png").name()).isEqualTo("fox.png");
    assertThat(upload.source().name()).isEmpty();
  }
}
