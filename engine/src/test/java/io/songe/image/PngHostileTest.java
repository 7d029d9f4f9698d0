package io.songe.image;

import static io.songe.image.HandmadePng.chunk;
import static io.songe.image.HandmadePng.deflate;
import static io.songe.image.HandmadePng.end;
import static io.songe.image.HandmadePng.file;
import static io.songe.image.HandmadePng.header;
import static io.songe.image.HandmadePng.join;
import static io.songe.image.HandmadePng.pixels;
import static io.songe.image.HandmadePng.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PngHostileTest {
  private static final PngLimits LIMITS = new PngLimits(1 << 20, 1_000_000, 100_000);
  private static final byte[] GREY = header(1, 1, 8, 0);
  private static final byte[] PIXEL = pixels(0, 7);

  static Stream<Arguments> broken() {
    byte[] uncompressed = {0, 0, 0, 0, 0};
    return Stream.of(
        arguments("this is not a PNG file", new byte[0]),
        arguments("this is not a PNG file", "<svg/>".getBytes(StandardCharsets.UTF_8)),
        arguments("the file is cut off after 8 bytes", file()),
        arguments("before its end chunk (IEND)", file(GREY, PIXEL)),
        arguments("the header (IHDR) must be the first", file(PIXEL, GREY, end())),
        arguments("the header (IHDR) must be the first", file(GREY, GREY, PIXEL, end())),
        arguments(
            "chunk IDAT declares 500 bytes", file(GREY, chunk("IDAT", 500, new byte[9]), end())),
        arguments(
            "chunk IDAT declares 4294967295 bytes", file(GREY, chunk("IDAT", -1, new byte[9]))),
        arguments("its type is not four letters", file(GREY, chunk("I AT"), end())),
        arguments("chunk QQQQ is needed to read this", file(GREY, chunk("QQQQ"), PIXEL, end())),
        arguments("chunk IDAT stands twice", file(GREY, PIXEL, chunk("tIME"), PIXEL, end())),
        arguments("the header has 12 bytes", file(chunk("IHDR", new byte[12]), PIXEL, end())),
        arguments("colour type 2 with 4 bits", file(header(1, 1, 4, 2), PIXEL, end())),
        arguments("colour type 5 with 8 bits", file(header(1, 1, 8, 5), PIXEL, end())),
        arguments("colour type 3 with 16 bits", file(header(1, 1, 16, 3), PIXEL, end())),
        arguments("interlace method is unknown", file(header(1, 1, 8, 0, 2), PIXEL, end())),
        arguments("the picture's size is 0x5", file(header(0, 5, 8, 0), PIXEL, end())),
        arguments("size is 4294967295x1", file(header(-1, 1, 8, 0), PIXEL, end())),
        arguments(
            "more than the limit of 1000000 pixels", file(header(1001, 1000, 8, 0), PIXEL, end())),
        arguments(
            "more than the limit",
            file(header(Integer.MAX_VALUE, Integer.MAX_VALUE, 16, 6), PIXEL, end())),
        arguments(
            "cannot be in the 10 bytes of pixel data",
            file(header(1000, 1000, 8, 6), PIXEL, end())),
        arguments("cannot be in the 0 bytes of pixel data", file(GREY, end())),
        arguments("the pixels end before the last row", file(header(1, 2, 8, 0), PIXEL, end())),
        arguments(
            "the pixels end before the last row", file(header(1, 2, 8, 0), cutPixels(), end())),
        arguments(
            "the pixels end before the last row",
            file(
                header(1, 2, 8, 0),
                chunk("IDAT", join(deflate(new byte[] {0, 7}), new byte[] {1, 2, 3})),
                chunk("IDAT", new byte[9]),
                end())),
        arguments(
            "the pixels end before the last row",
            file(GREY, chunk("IDAT", withDictionary(new byte[] {0, 7})), end())),
        arguments(
            "the compressed pixels are damaged",
            file(GREY, chunk("IDAT", (byte) 1, (byte) 2, (byte) 3), end())),
        arguments("the unknown filter 5", file(GREY, pixels(5, 7), end())),
        arguments("the palette (PLTE) is missing", file(header(1, 1, 8, 3), PIXEL, end())),
        arguments(
            "the palette (PLTE) is missing",
            file(header(1, 1, 8, 3), PIXEL, chunk("PLTE", new byte[30]), end())),
        arguments(
            "the palette has 31 bytes",
            file(header(1, 1, 8, 3), chunk("PLTE", new byte[31]), PIXEL, end())),
        arguments(
            "the palette has 771 bytes",
            file(header(1, 1, 8, 3), chunk("PLTE", new byte[771]), PIXEL, end())),
        arguments(
            "colour 7 of a palette of 3",
            file(header(1, 1, 8, 3), chunk("PLTE", new byte[9]), PIXEL, end())),
        arguments(
            "2 entries for a palette of 1",
            file(
                header(1, 1, 8, 3),
                chunk("PLTE", new byte[3]),
                chunk("tRNS", new byte[2]),
                PIXEL,
                end())),
        arguments(
            "the transparency (tRNS) has 3 bytes, not 2",
            file(GREY, chunk("tRNS", new byte[3]), PIXEL, end())),
        arguments(
            "the text chunk tEXt at byte 33 is malformed",
            file(GREY, text("tEXt", "no end", new byte[0]), PIXEL, end())),
        arguments(
            "the text chunk tEXt at byte 33 is malformed",
            file(GREY, text("tEXt", "", new byte[5]), PIXEL, end())),
        arguments(
            "the text chunk tEXt at byte 33 is malformed",
            file(GREY, text("tEXt", "k".repeat(80), new byte[5]), PIXEL, end())),
        arguments(
            "the text chunk zTXt at byte 33 is malformed",
            file(GREY, text("zTXt", "a", new byte[] {0, 1, 2}), PIXEL, end())),
        arguments(
            "the text chunk zTXt at byte 33 is malformed",
            file(GREY, text("zTXt", "a", new byte[] {0, 0, 2, 3}), PIXEL, end())),
        arguments(
            "the text chunk zTXt at byte 33 is malformed",
            file(
                GREY,
                text("zTXt", "a", Arrays.copyOf(join(new byte[2], deflate(new byte[99])), 8)),
                PIXEL,
                end())),
        arguments(
            "the text chunk iTXt at byte 33 is malformed",
            file(GREY, text("iTXt", "a", new byte[] {0, 0}), PIXEL, end())),
        arguments(
            "the text chunk iTXt at byte 33 is malformed",
            file(GREY, text("iTXt", "a", new byte[] {0, 2, 0, 0, 0}), PIXEL, end())),
        arguments(
            "the text chunk iTXt at byte 33 is malformed",
            file(GREY, text("iTXt", "a", new byte[] {0, 0, 0, 'f', 'r'}), PIXEL, end())),
        arguments(
            "the text chunk iTXt at byte 33 is malformed",
            file(
                GREY,
                text("iTXt", "a", join(uncompressed, new byte[] {(byte) 0xc3})),
                PIXEL,
                end())),
        arguments(
            "more than the limit of 100000 bytes",
            file(GREY, text("tEXt", "a", new byte[100_002]), PIXEL, end())),
        arguments(
            "more than the limit of 100000 bytes",
            file(GREY, text("zTXt", "a", bomb(2)), PIXEL, end())),
        arguments(
            "more than the limit of 100000 bytes",
            file(GREY, PIXEL, text("iTXt", "a", join(new byte[] {0, 1}, bomb(3))), end())));
  }

  /** Zeros that inflate to far more than the limit. */
  private static byte[] bomb(int zerosBefore) {
    return join(new byte[zerosBefore], deflate(new byte[50_000_000]));
  }

  /** What only a reader that has the dictionary can inflate; PNG has none. */
  private static byte[] withDictionary(byte[] raw) {
    var deflater = new Deflater();
    deflater.setDictionary(new byte[] {1, 2, 3});
    deflater.setInput(raw);
    deflater.finish();
    byte[] compressed = new byte[100];
    int length = deflater.deflate(compressed);
    deflater.end();
    return Arrays.copyOf(compressed, length);
  }

  private static byte[] cutPixels() {
    byte[] compressed = deflate(new byte[] {0, 7, 0, 8});
    return chunk("IDAT", Arrays.copyOf(compressed, compressed.length - 6));
  }

  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void each_kind_of_damage_has_its_sentence(String sentence, byte[] bytes) {
    assertThatThrownBy(() -> Png.decode(bytes, "upload.png", LIMITS))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("upload.png: ")
        .hasMessageContaining(sentence);
  }

  @Test
  void many_small_texts_share_one_limit() {
    byte[][] chunks = new byte[120][];
    Arrays.fill(chunks, text("zTXt", "a", join(new byte[2], deflate(new byte[1000]))));
    chunks[0] = GREY;
    chunks[118] = PIXEL;
    chunks[119] = end();

    assertThatThrownBy(() -> Png.decode(file(chunks), "x", LIMITS))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("more than the limit of 100000 bytes");
  }

  @Test
  void endless_empty_chunks_are_refused() {
    byte[] empty = chunk("emPT");
    byte[] bytes = new byte[110_000 * empty.length];
    for (int i = 0; i < bytes.length; i += empty.length) {
      System.arraycopy(empty, 0, bytes, i, empty.length);
    }
    var limits = new PngLimits(10 << 20, 100, 100);

    assertThatThrownBy(() -> Png.decode(file(GREY, bytes, PIXEL, end()), "x", limits))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage("x: the file has more than 100000 chunks; save it anew");
  }

  @Test
  void a_file_cut_off_anywhere_is_refused() {
    byte[] whole = new Png(ImageTest.random(5, 4, 1)).withText("a", "b").encode();

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Png.decode(cut, "x", LIMITS))
          .as("%d bytes of %d", length, whole.length)
          .isInstanceOf(BrokenFileException.class);
    }
  }

  @Test
  void one_altered_bit_anywhere_is_found() {
    byte[] whole = new Png(ImageTest.random(5, 4, 1)).withText("a", "b").encode();

    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] altered = whole.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> Png.decode(altered, "x", LIMITS))
          .as("bit %d", bit)
          .isInstanceOf(BrokenFileException.class);
    }
  }

  @Test
  void what_others_append_or_add_does_no_harm() {
    byte[] bytes =
        file(GREY, chunk("caBX", new byte[20]), pixels(0, 7, 9, 9, 9), chunk("prVt"), end());

    Png png = Png.decode(join(bytes, new byte[] {1, 2, 3}), "x", LIMITS);

    assertThat(png.image().at(0, 0)).isEqualTo(Colour.opaque(7, 7, 7));
  }

  @Test
  void limits_must_make_sense() {
    assertThatThrownBy(() -> new PngLimits(0, 1, 1))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("the limits of PNG files must be positive");
    assertThatThrownBy(() -> new PngLimits(1, 1L + Image.MAX_PIXELS, 1))
        .isInstanceOf(InvalidRequestException.class);
  }
}
