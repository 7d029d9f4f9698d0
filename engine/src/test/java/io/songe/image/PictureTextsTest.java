package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.songe.error.BrokenFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The goldens are written by {@code tools/golden/foreign_pictures.py}. */
class PictureTextsTest {
  private static final PngLimits SMALL = new PngLimits(1 << 16, 100, 200);
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8};
  private static final byte[] SCAN = {(byte) 0xff, (byte) 0xda};

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> what_pillow_put_into_a_file_is_read() {
    return Golden.read("foreign_pictures.json")
        .valueStream()
        .map(each -> dynamicTest(each.get("name").stringValue(), () -> readsAsPillowWrote(each)));
  }

  private static void readsAsPillowWrote(JsonNode golden) {
    Map<String, String> expected = new TreeMap<>();
    golden
        .get("texts")
        .propertyStream()
        .forEach(text -> expected.put(text.getKey(), text.getValue().stringValue()));

    Map<String, String> texts =
        PictureTexts.decode(Golden.bytes(golden.get("file")), "x", PngLimits.DEFAULT);

    assertThat(texts).isEqualTo(expected);
  }

  @Test
  void png_is_read_under_its_keywords() {
    byte[] png = new Png(Image.filled(8, 8, Colour.WHITE)).withText("parameters", "é").encode();

    assertThat(PictureTexts.decode(png, "x", SMALL)).isEqualTo(Map.of("parameters", "é"));
  }

  @Test
  void the_type_is_told_by_content_and_not_by_name() throws IOException {
    Path file = folder.resolve("x.png");
    Files.write(file, Golden.bytes(Golden.read("foreign_pictures.json").get(0).get("file")));

    assertThat(PictureTexts.read(file, PngLimits.DEFAULT)).containsOnlyKeys("UserComment");
  }

  static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] segment(int marker, byte[] data) {
    byte[] head = ByteBuffer.allocate(4).putShort((short) (0xff00 | marker)).array();
    ByteBuffer.wrap(head).putShort(2, (short) (data.length + 2));
    return join(head, data);
  }

  private static byte[] jpeg(byte[] exif) {
    return join(JPEG, segment(0xe1, join(latin("Exif\0\0"), exif)), SCAN);
  }

  private static byte[] riff(byte[] chunks) {
    ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    head.put(latin("RIFF")).putInt(chunks.length + 4).put(latin("WEBP"));
    return join(head.array(), chunks);
  }

  private static byte[] chunk(String name, int declared, byte[] data) {
    ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    head.put(latin(name)).putInt(declared);
    return join(head.array(), data);
  }

  /**
   * A big-endian header, and a directory at byte 8 of entries given as (tag, type, count, value).
   */
  private static byte[] tiff(int[]... entries) {
    ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 12 * entries.length + 4);
    tiff.put(latin("MM")).putShort((short) 42).putInt(8).putShort((short) entries.length);
    for (int[] entry : entries) {
      tiff.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]).putInt(entry[3]);
    }
    return tiff.array();
  }

  @Test
  void a_short_text_is_inside_its_entry() {
    byte[] exif = tiff(new int[] {0x0131, 2, 3, 'a' << 24 | 'b' << 16});

    assertThat(PictureTexts.decode(jpeg(exif), "x", SMALL)).isEqualTo(Map.of("Software", "ab"));
  }

  @Test
  void directories_that_lead_to_each_other_end() {
    byte[] exif = tiff(new int[] {0x8769, 4, 1, 8}, new int[] {0x0131, 2, 2, 'a' << 24});

    assertThat(PictureTexts.decode(jpeg(exif), "x", SMALL)).isEqualTo(Map.of("Software", "a"));
  }

  @Test
  void the_notes_of_cameras_are_no_text() {
    byte[] exif = tiff(new int[] {0x927c, 7, 4, 'a' << 24}, new int[] {0x9286, 3, 1, 65});

    assertThat(PictureTexts.decode(jpeg(exif), "x", SMALL)).isEmpty();
  }

  @Test
  void a_comment_in_an_old_japanese_code_is_not_guessed() {
    byte[] comment = latin("JIS\0\0\0\0\0$3$l");
    byte[] exif = join(tiff(new int[] {0x9286, 7, comment.length, 26}), comment);

    assertThat(PictureTexts.decode(jpeg(exif), "x", SMALL)).isEmpty();
  }

  @Test
  void fill_bytes_and_markers_alone_are_passed() {
    byte[] odd = {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x01, (byte) 0xff, (byte) 0xd0};

    byte[] file = join(JPEG, odd, segment(0xfe, latin("hi\0")), SCAN);

    assertThat(PictureTexts.decode(file, "x", SMALL)).isEqualTo(Map.of("JPEG comment", "hi"));
  }

  @Test
  void exif_in_webp_may_have_the_mark_of_jpeg() {
    byte[] exif = join(latin("Exif\0\0"), tiff(new int[] {0x0131, 2, 2, 'a' << 24}));

    byte[] file = riff(chunk("EXIF", exif.length, exif));

    assertThat(PictureTexts.decode(file, "x", SMALL)).isEqualTo(Map.of("Software", "a"));
  }

  @Test
  void a_padding_byte_that_is_missing_at_the_end_is_no_damage() {
    byte[] file =
        riff(chunk("EXIF", 27, join(tiff(new int[] {0x0131, 2, 2, 'a' << 24}), new byte[1])));

    assertThat(PictureTexts.decode(file, "x", SMALL)).isEqualTo(Map.of("Software", "a"));
  }

  @Test
  void a_segment_that_ends_inside_the_mark_of_exif_is_none() {
    byte[] file = join(JPEG, segment(0xe1, latin("Ex")), latin("if\0\0"));

    assertThatThrownBy(() -> PictureTexts.decode(file, "x", SMALL))
        .hasMessageContaining("a segment should begin at byte 8");
  }

  static Stream<Arguments> hostile() {
    byte[] many = new byte[201];
    int[][] same = new int[40][];
    Arrays.fill(same, new int[] {0x9286, 2, 300, 0});
    byte[] good = jpeg(tiff(new int[] {0x0131, 2, 2, 'a' << 24}));
    return Stream.of(
        arguments("is neither a PNG nor a JPEG nor a WebP file", latin("GIF89a")),
        arguments("is neither a PNG nor a JPEG nor a WebP file", new byte[0]),
        arguments("is neither a PNG nor a JPEG nor a WebP file", latin("RIFF")),
        arguments("is neither a PNG nor a JPEG nor a WebP file", latin("RIFF....AVI ")),
        arguments("cut off after 3 bytes, before its pixels", Arrays.copyOf(good, 3)),
        arguments("cut off after 4 bytes, before its pixels", Arrays.copyOf(good, 4)),
        arguments("cut off after 5 bytes, before its pixels", Arrays.copyOf(good, 5)),
        arguments("cut off after 20 bytes, before its pixels", Arrays.copyOf(good, 20)),
        arguments(
            "a segment should begin at byte 6; the file is damaged",
            join(JPEG, segment(0xe0, new byte[0]), new byte[4])),
        arguments(
            "the segment at byte 2 has an impossible length",
            join(JPEG, new byte[] {(byte) 0xff, (byte) 0xe0, 0, 1, 0, 0})),
        arguments("more than the limit of 200 bytes", join(JPEG, segment(0xfe, many), SCAN)),
        arguments("EXIF data are cut off or damaged", jpeg(latin("MM"))),
        arguments("EXIF data are cut off or damaged", jpeg(latin("XX\0*\0\0\0\b"))),
        arguments("EXIF data are cut off or damaged", jpeg(latin("MM\0+\0\0\0\b"))),
        arguments("EXIF data are cut off or damaged", jpeg(latin("MM\0*\0\0\0\b\0"))),
        arguments("EXIF data are cut off or damaged", jpeg(latin("MM\0*\u00ff\u00ff\u00ff\u00ff"))),
        arguments("EXIF data are cut off or damaged", jpeg(latin("MM\0*\0\0\0\b\u00ff\u00ff"))),
        arguments("EXIF data are cut off or damaged", jpeg(tiff(new int[] {0x0131, 2, 99, 0}))),
        arguments("EXIF data are cut off or damaged", jpeg(tiff(new int[] {0x0131, 2, -1, 0}))),
        arguments("EXIF data are cut off or damaged", jpeg(tiff(new int[] {0x0131, 2, 9, -1}))),
        arguments("EXIF data are cut off or damaged", jpeg(tiff(new int[] {0x8769, 4, 1, -1}))),
        arguments("more than the limit of 200 bytes", jpeg(tiff(same))),
        arguments("it declares 40 bytes, but has 12", chunk("RIFF", 32, latin("WEBP"))),
        arguments("it declares 4294967303 bytes, but has 12", chunk("RIFF", -1, latin("WEBP"))),
        arguments("it declares 10 bytes, but has 12", chunk("RIFF", 2, latin("WEBP"))),
        arguments("at byte 12, but 3 bytes are left", riff(new byte[3])),
        arguments(
            "at byte 12 declares 9 bytes, but 8 are left", riff(chunk("EXIF", 9, new byte[8]))),
        arguments("4294967295 bytes, but 8 are left", riff(chunk("VP8 ", -1, new byte[8]))),
        arguments("EXIF data are cut off or damaged", riff(chunk("EXIF", 2, new byte[2]))),
        arguments("more than the limit of 65536", new byte[(1 << 16) + 1]));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void a_file_that_is_broken_or_hostile_is_refused(String message, byte[] file) {
    assertThatThrownBy(() -> PictureTexts.decode(file, "x", SMALL))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("x: ")
        .hasMessageContaining(message);
  }
}
