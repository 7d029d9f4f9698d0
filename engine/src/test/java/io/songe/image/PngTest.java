package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngTest {
  private static final Image TINY = Image.filled(1, 1, Colour.WHITE);

  static Stream<Image> pictures() {
    return Stream.of(
        TINY,
        Image.filled(1, 1, Colour.TRANSPARENT),
        Image.filled(300, 7, Colour.opaque(1, 2, 3)),
        ImageTest.random(33, 21, 1),
        ImageTest.random(33, 21, 1).over(Colour.BLACK),
        ImageTest.random(5, 4, 2).resize(200, 150, Resampling.BILINEAR),
        ImageTest.random(5, 4, 2).resize(200, 150, Resampling.LANCZOS3).over(Colour.WHITE));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void pictures_come_back_exactly(Image image) {
    assertThat(decode(new Png(image).encode()).image()).isEqualTo(image);
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void another_reader_sees_the_same_pixels(Image image) throws IOException {
    byte[] bytes = new Png(image).encode();

    var seen = ImageIO.read(new ByteArrayInputStream(bytes));

    assertThat(BufferedImages.fromBufferedImage(seen)).isEqualTo(image);
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void the_files_of_another_writer_are_read(Image image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(BufferedImages.toBufferedImage(image), "png", bytes);

    assertThat(decode(bytes.toByteArray()).image()).isEqualTo(image);
  }

  @Test
  void the_same_picture_and_texts_give_the_same_bytes() {
    Image image = ImageTest.random(40, 30, 3);

    byte[] once = new Png(image).withText("Title", "été 🦊").encode();
    byte[] again = new Png(image.crop(0, 0, 40, 30)).withText("Title", "été 🦊").encode();

    assertThat(again).isEqualTo(once);
  }

  @Test
  void files_hold_only_header_texts_pixels_and_end() {
    byte[] bytes = new Png(TINY).withText("a", "latin é").withText("b", "🦊").encode();

    List<PngChunk> chunks = PngChunk.readAll(new PngSource("test", bytes, PngLimits.DEFAULT));

    assertThat(chunks.stream().map(PngChunk::type))
        .containsExactly("IHDR", "tEXt", "iTXt", "IDAT", "IEND");
  }

  @Test
  void opaque_pictures_are_stored_without_coverage() {
    byte[] opaque = new Png(TINY).encode();
    byte[] transparent = new Png(Image.filled(1, 1, Colour.TRANSPARENT)).encode();

    assertThat(opaque[25]).isEqualTo((byte) PngHeader.RGB);
    assertThat(transparent[25]).isEqualTo((byte) PngHeader.RGBA);
  }

  @Test
  void texts_come_back_in_their_order() {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    texts.put("parameters", "a fox\nNegative prompt: étang\nSteps: 20");
    texts.put("songe", "{\"prompt\": \"狐 🦊\"}");
    texts.put("Software", "Songe");
    texts.put("Comment", "");
    texts.put(SourceMark.KEYWORD, SourceMark.TRAINED_ALGORITHMIC_MEDIA.text());

    SequencedMap<String, String> back = decode(new Png(TINY, texts).encode()).texts();

    assertThat(back).containsExactlyEntriesOf(texts);
  }

  @Test
  void xmp_is_international_text_even_if_latin() {
    byte[] bytes = new Png(TINY).withText(SourceMark.KEYWORD, "<x/>").encode();

    List<PngChunk> chunks = PngChunk.readAll(new PngSource("test", bytes, PngLimits.DEFAULT));

    assertThat(chunks.get(1).type()).isEqualTo("iTXt");
    assertThat(decode(bytes).texts()).containsEntry(SourceMark.KEYWORD, "<x/>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a ", "a  b", "a\nb", "狐", "a\u00a0b"})
  void keywords_that_png_does_not_allow_are_refused(String keyword) {
    Png png = new Png(TINY).withText(keyword, "text");

    assertThatThrownBy(png::encode)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("\"" + keyword + "\" cannot be the keyword of a PNG text");
  }

  @Test
  void keywords_have_at_most_79_characters() {
    String longest = "k".repeat(79);

    assertThat(decode(new Png(TINY).withText(longest, "t").encode()).texts())
        .containsEntry(longest, "t");
    assertThatThrownBy(() -> new Png(TINY).withText(longest + "k", "t").encode())
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void texts_that_png_cannot_hold_are_refused() {
    assertThatThrownBy(() -> new Png(TINY).withText("a", "b\0c").encode())
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the text \"a\" holds a zero character, which no PNG text can; remove it");
    assertThatThrownBy(() -> new Png(TINY).withText("a", "fox \ud83e").encode())
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the text \"a\" holds half of a character (a lone surrogate); remove it");
  }

  @Test
  void a_mark_says_which_source_made_a_picture() {
    Png png =
        new Png(TINY).withText(SourceMark.KEYWORD, SourceMark.TRAINED_ALGORITHMIC_MEDIA.text());

    SequencedMap<String, String> texts = decode(png.encode()).texts();

    assertThat(SourceMark.TRAINED_ALGORITHMIC_MEDIA.isIn(texts)).isTrue();
    assertThat(SourceMark.COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA.isIn(texts)).isFalse();
    assertThat(SourceMark.TRAINED_ALGORITHMIC_MEDIA.isIn(new Png(TINY).texts())).isFalse();
  }

  private static Png decode(byte[] bytes) {
    return Png.decode(bytes, "test", PngLimits.DEFAULT);
  }
}
