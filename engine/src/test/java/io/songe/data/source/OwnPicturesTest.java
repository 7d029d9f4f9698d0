package io.songe.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.songe.data.Corpus;
import io.songe.data.Drawing;
import io.songe.data.Language;
import io.songe.data.Skipped;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnPicturesTest {
  private static final byte[] RED =
      new Png(Image.filled(20, 10, new Colour(255, 0, 0, 255))).encode();

  @TempDir Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void aFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("pictures"));
  }

  private void put(String name, byte[] bytes) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.write(folder.resolve(name), bytes);
  }

  private void put(String name, String text) throws IOException {
    put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, String> skipped(Originals originals) {
    return originals.skipped().stream()
        .collect(Collectors.toMap(Skipped::what, Skipped::why, (a, b) -> a + "; " + b));
  }

  private Corpus built(Originals originals, Framing framing) {
    Path place = temporary.resolve("corpus-" + framing.code());
    new CorpusBuild(16, framing).run(originals, place, (_, _) -> {});
    return Corpus.open(place);
  }

  @Test
  void a_text_beside_a_picture_is_its_caption_in_the_language_that_is_said() throws IOException {
    put("sub/red.png", RED);
    put("sub/red.txt", "\uFEFFun rectangle\n  rouge \n");

    Drawing drawing = OwnPictures.read(folder, Language.FRENCH).drawings().getFirst().drawing();

    assertThat(drawing.key()).isEqualTo("sub/red");
    assertThat(drawing.concept()).isEqualTo("sub/red");
    assertThat(drawing.captions()).containsOnlyKeys(Language.FRENCH);
    assertThat(drawing.caption(Language.FRENCH).orElseThrow().label())
        .isEqualTo("un rectangle rouge");
  }

  @Test
  void a_list_of_lines_gives_captions_in_both_languages_and_concepts() throws IOException {
    put("red.png", RED);
    put(
        "metadata.jsonl",
        """
        {"file_name": "red.png", "text_en": "red", "text_fr": "rouge", "concept": "colour",
        """
                .strip()
            + " \"style\": \"flat\", \"keywords_en\": [\"warm\", \"blood\"]}\n");

    Drawing drawing = OwnPictures.read(folder, Language.ENGLISH).drawings().getFirst().drawing();

    assertThat(drawing.concept()).isEqualTo("colour");
    assertThat(drawing.style()).isEqualTo("flat");
    assertThat(drawing.caption(Language.FRENCH).orElseThrow().label()).isEqualTo("rouge");
    assertThat(drawing.caption(Language.ENGLISH).orElseThrow().keywords())
        .containsExactly("warm", "blood");
  }

  @Test
  void a_table_may_have_commas_and_marks_between_quotation_marks() throws IOException {
    put("red.png", RED);
    put("metadata.csv", "file_name,caption\r\nred.png,\"red, \"\"very\"\" red\"\r\n");

    Drawing drawing = OwnPictures.read(folder, Language.ENGLISH).drawings().getFirst().drawing();

    assertThat(drawing.caption(Language.ENGLISH).orElseThrow().label())
        .isEqualTo("red, \"very\" red");
  }

  @Test
  void utf_16_is_read_by_its_mark_and_other_encodings_are_refused() throws IOException {
    put("a.png", RED);
    put("a.txt", "\uFEFFété".getBytes(StandardCharsets.UTF_16LE));
    put("b.png", RED);
    put("b.txt", "été".getBytes(StandardCharsets.ISO_8859_1));

    Originals originals = OwnPictures.read(folder, Language.FRENCH);

    assertThat(originals.drawings()).hasSize(1);
    assertThat(
            originals
                .drawings()
                .getFirst()
                .drawing()
                .caption(Language.FRENCH)
                .orElseThrow()
                .label())
        .isEqualTo("été");
    assertThat(skipped(originals))
        .containsExactly(entry("b.png", "pictures/b.txt is not valid UTF-8; save it as UTF-8"));
  }

  @Test
  void what_lacks_a_caption_or_a_picture_or_a_name_of_its_own_is_named() throws IOException {
    put("a.png", RED);
    put("a.jpg", RED);
    put("b.png", RED);
    put("c.png", RED);
    put(
        "metadata.csv",
        "file_name,text\na.png,one\na.jpg,two\nc.png,  \ngone.png,three\na.png,four\n");

    Originals originals = OwnPictures.read(folder, Language.ENGLISH);

    assertThat(originals.drawings()).hasSize(1);
    assertThat(skipped(originals))
        .containsOnlyKeys("a.png", "b.png", "c.png", "gone.png")
        .containsEntry(
            "a.png",
            "the list of captions has it twice; the first counts; it has the same name as a.jpg but for the ending; rename one of them")
        .containsEntry("gone.png", "the list of captions names it, but there is no such picture")
        .hasEntrySatisfying("b.png", why -> assertThat(why).startsWith("it has no caption"))
        .hasEntrySatisfying("c.png", why -> assertThat(why).startsWith("it has no caption"));
  }

  @Test
  void pictures_that_cannot_be_read_are_left_out_and_the_rest_goes_on() throws IOException {
    for (String name : new String[] {"broken", "empty", "good", "lies", "text", "vector"}) {
      put(name + ".txt", name);
    }
    put("good.png", RED);
    put("empty.png", new byte[0]);
    put("broken.png", java.util.Arrays.copyOf(RED, 40));
    put("lies.png", jpeg());
    put("text.jpg", "no picture");
    put("vector.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");

    try (Corpus corpus = built(OwnPictures.read(folder, Language.ENGLISH), Framing.PAD)) {
      assertThat(corpus.drawings().stream().map(Drawing::key)).containsExactly("good", "lies");
      assertThat(
              corpus.description().shards().getFirst().skipped().stream()
                  .collect(Collectors.toMap(Skipped::what, Skipped::why)))
          .containsEntry("empty", "the file is empty")
          .containsEntry(
              "text",
              "this is no picture that can be read; give a PNG, JPEG, WebP, GIF or BMP file")
          .containsEntry(
              "vector", "this is an SVG drawing, which is not taken from a folder; save it as PNG")
          .containsKey("broken");
    }
  }

  private static byte[] jpeg() throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "jpg", bytes);
    return bytes.toByteArray();
  }

  @Test
  void a_picture_of_16_bits_and_one_in_grey_are_read() throws IOException {
    var wide = new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY);
    wide.getRaster().setSample(4, 4, 0, 0xffff);
    var bytes = new java.io.ByteArrayOutputStream();
    ImageIO.write(wide, "png", bytes);
    put("deep.png", bytes.toByteArray());
    put("deep.txt", "deep");

    try (Corpus corpus = built(OwnPictures.read(folder, Language.ENGLISH), Framing.PAD)) {
      assertThat(corpus.picture(0).at(9, 9).red()).isGreaterThan(200);
    }
  }

  @Test
  void a_jpeg_in_the_colours_of_print_is_refused_with_advice() {
    byte[] head = {
      (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xc0, 0, 20, 8, 0, 8, 0, 8, 4, 0, 0, 0, 0
    };

    assertThatThrownBy(() -> RasterReader.read(head))
        .isInstanceOf(UnusableArtworkException.class)
        .hasMessage("the picture is in the colours of print (CMYK); save it in RGB");
  }

  @Test
  void a_picture_is_padded_or_cut_to_the_square() throws IOException {
    put("red.png", RED);
    put("red.txt", "red");
    Originals originals = OwnPictures.read(folder, Language.ENGLISH);

    try (Corpus padded = built(originals, Framing.PAD);
        Corpus cut = built(originals, Framing.CROP)) {
      assertThat(padded.picture(0).at(0, 0).alpha()).isZero();
      assertThat(padded.picture(0).at(0, 8).alpha()).isEqualTo(255);
      assertThat(cut.picture(0).at(0, 0)).isEqualTo(new Colour(255, 0, 0, 255));
    }
  }

  @Test
  void a_malformed_list_is_refused_with_its_line() throws IOException {
    put("metadata.jsonl", "{\"file_name\": \"a.png\", \"text\": \"a\"}\n{\"text\": \"b\"}\n");

    assertThatThrownBy(() -> OwnPictures.read(folder, Language.ENGLISH))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage("pictures/metadata.jsonl, line 2: has no file_name; name the picture there");
  }

  @Test
  void a_folder_without_captioned_pictures_is_refused() throws IOException {
    assertThatThrownBy(() -> OwnPictures.read(folder, Language.ENGLISH))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("pictures holds no picture with a caption (no pictures at all)");
    assertThatThrownBy(() -> OwnPictures.read(folder.resolve("x"), Language.ENGLISH))
        .hasMessage("x: there is no such folder of pictures");
  }
}
