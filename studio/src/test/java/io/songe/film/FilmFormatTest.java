package io.songe.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.InvalidRequestException;
import io.songe.image.BufferedImages;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.image.SourceMark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.jcodec.api.FrameGrab;
import org.jcodec.api.JCodecException;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilmFormatTest {
  /** A blue square that moves to the right over a ground, whose colours are smooth. */
  private static List<Image> frames(int count, int width, int height, boolean transparent) {
    return IntStream.range(0, count)
        .mapToObj(i -> {
          byte[] rgba = new byte[4 * width * height];
          for (int at = 0; at < width * height; at++) {
            int x = at % width;
            int y = at / width;
            boolean square = x / 8 == i && y / 8 == 1;
            rgba[4 * at] = (byte) (square ? 0 : 200 * x / width);
            rgba[4 * at + 1] = (byte) (square ? 0 : 200 * y / height);
            rgba[4 * at + 2] = (byte) (square ? 255 : 100);
            rgba[4 * at + 3] = (byte) (transparent && !square ? 0 : 255);
          }
          return Image.of(width, height, rgba);
        })
        .toList();
  }

  private static byte[] written(FilmFormat format, Film film) throws IOException {
    var out = new ByteArrayOutputStream();
    format.write(film, out);
    return out.toByteArray();
  }

  // ---------------------------------------------------------------- APNG

  @SuppressWarnings("ArrayRecordComponent")
  private record Chunk(String type, byte[] data) {}

  private static List<Chunk> chunks(byte[] png) {
    List<Chunk> chunks = new ArrayList<>();
    ByteBuffer file = ByteBuffer.wrap(png).position(8);
    while (file.hasRemaining()) {
      int length = file.getInt();
      var crc = new CRC32();
      crc.update(png, file.position(), 4 + length);
      byte[] type = new byte[4];
      byte[] data = new byte[length];
      file.get(type).get(data);
      assertThat(file.getInt()).isEqualTo((int) crc.getValue());
      chunks.add(new Chunk(new String(type, StandardCharsets.US_ASCII), data));
    }
    return chunks;
  }

  @Test
  void an_apng_has_a_control_before_each_frame_and_numbers_them_without_a_gap() throws IOException {
    byte[] png = written(FilmFormat.APNG, Film.of(frames(3, 32, 24, true), 12));

    List<Chunk> chunks = chunks(png);
    assertThat(chunks)
        .extracting(Chunk::type)
        .containsExactly(
            "IHDR", "iTXt", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND");
    assertThat(chunks.get(2).data()).isEqualTo(new byte[] {0, 0, 0, 3, 0, 0, 0, 0});
    assertThat(
            chunks.stream()
                .filter(chunk -> chunk.type().startsWith("f"))
                .map(chunk -> ByteBuffer.wrap(chunk.data()).getInt()))
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(ByteBuffer.wrap(chunks.get(3).data()).getShort(20)).isEqualTo((short) 83);
  }

  @Test
  void the_first_frame_of_an_apng_is_the_picture_for_everybody_else() throws IOException {
    List<Image> frames = frames(2, 32, 24, true);

    Png read = Png.decode(written(FilmFormat.APNG, Film.of(frames, 12)), "film", PngLimits.DEFAULT);

    assertThat(read.image()).isEqualTo(frames.getFirst());
    assertThat(SourceMark.TRAINED_ALGORITHMIC_MEDIA.isIn(read.texts())).isTrue();
  }

  @Test
  void frames_of_an_apng_are_the_same_pixels() throws IOException {
    List<Image> frames = frames(2, 32, 24, false);
    List<Image> mixed = List.of(frames.getFirst(), frames(2, 32, 24, true).getLast());

    List<Chunk> chunks = chunks(written(FilmFormat.APNG, Film.of(mixed, 12)));

    Chunk second = chunks.stream().filter(chunk -> chunk.type().equals("fdAT")).findFirst().get();
    var alone = new ByteArrayOutputStream();
    alone.write(new Png(mixed.getFirst()).encode(), 0, 8);
    put(alone, "IHDR", chunks.getFirst().data());
    put(alone, "IDAT", Arrays.copyOfRange(second.data(), 4, second.data().length));
    put(alone, "IEND", new byte[0]);
    assertThat(Png.decode(alone.toByteArray(), "frame", PngLimits.DEFAULT).image())
        .isEqualTo(mixed.getLast());
  }

  private static void put(ByteArrayOutputStream file, String type, byte[] data) {
    var crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.US_ASCII));
    crc.update(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    file.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  // ---------------------------------------------------------------- GIF

  private static List<Image> gif(byte[] file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(file)));
    List<Image> frames = new ArrayList<>();
    for (int i = 0; i < reader.getNumImages(true); i++) {
      frames.add(BufferedImages.fromBufferedImage(reader.read(i)));
    }
    return frames;
  }

  @Test
  void a_gif_has_all_frames_and_begins_again() throws IOException {
    byte[] file = written(FilmFormat.GIF, Film.of(frames(3, 32, 24, false), 12));

    assertThat(gif(file)).hasSize(3);
    String text = new String(file, StandardCharsets.ISO_8859_1);
    assertThat(text).startsWith("GIF89a").contains("NETSCAPE2.0\u0003\u0001\0\0\0");
    assertThat(text).contains("XMP DataXMP<?xpacket", "trainedAlgorithmicMedia").endsWith("\0;");
  }

  @Test
  void colours_of_a_gif_are_near_on_average() throws IOException {
    List<Image> frames = frames(2, 64, 64, false);

    Image read = gif(written(FilmFormat.GIF, Film.of(frames, 12))).getFirst();

    assertThat(meanDifference(read, frames.getFirst())).isLessThan(4);
  }

  private static double meanDifference(Image one, Image other) {
    byte[] first = one.rgba();
    byte[] second = other.rgba();
    return IntStream.range(0, first.length)
        .map(i -> Math.abs((first[i] & 0xff) - (second[i] & 0xff)))
        .average()
        .orElseThrow();
  }

  @Test
  void a_gif_of_few_colours_has_exactly_those() throws IOException {
    Image red = Image.filled(16, 16, Colour.opaque(250, 3, 7));
    Image grey = Image.filled(16, 16, Colour.opaque(99, 99, 99));

    assertThat(gif(written(FilmFormat.GIF, Film.of(List.of(red, grey), 12))))
        .containsExactly(red, grey);
  }

  @Test
  void a_gif_keeps_what_is_wholly_transparent() throws IOException {
    List<Image> read = gif(written(FilmFormat.GIF, Film.of(frames(3, 32, 24, true), 12)));

    assertThat(read.get(1).at(12, 12)).isEqualTo(Colour.opaque(0, 0, 255));
    assertThat(read.get(1).at(4, 12).alpha()).isZero();
  }

  // ---------------------------------------------------------------- MP4

  private static List<Picture> mp4(byte[] file) throws IOException, JCodecException {
    FrameGrab grab =
        FrameGrab.createFrameGrab(
            ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(file)));
    List<Picture> frames = new ArrayList<>();
    for (Picture each = grab.getNativeFrame(); each != null; each = grab.getNativeFrame()) {
      frames.add(each.cloneCropped());
    }
    return frames;
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 66, 67})
  void an_mp4_has_all_frames_in_even_sizes(int width) throws Exception {
    List<Picture> frames = mp4(written(FilmFormat.MP4, Film.of(frames(5, width, 48, false), 12)));

    assertThat(frames).hasSize(5);
    assertThat(frames.getFirst().getCroppedWidth()).isEqualTo(width & ~1);
    assertThat(frames.getFirst().getCroppedHeight()).isEqualTo(48);
  }

  @Test
  void an_mp4_is_over_white() throws Exception {
    Image nothing = Image.filled(32, 32, Colour.TRANSPARENT);

    Picture read = mp4(written(FilmFormat.MP4, Film.of(List.of(nothing, nothing), 12))).getFirst();

    assertThat(read.getPlaneData(0)[40] + 128)
        .as("white of the narrow range")
        .isCloseTo(235, within(3));
    assertThat(read.getPlaneData(1)[40] + 128).isCloseTo(128, within(3));
  }

  @Test
  void an_mp4_says_that_a_model_made_it() throws IOException {
    byte[] file = written(FilmFormat.MP4, Film.of(frames(2, 32, 32, false), 12));

    assertThat(new String(file, StandardCharsets.ISO_8859_1))
        .contains("ftyp", "avc1", "trainedAlgorithmicMedia");
  }

  // ---------------------------------------------------------------- all

  @Test
  void there_and_back_shows_the_ends_once() {
    List<Image> frames = frames(4, 8, 8, false);

    List<Image> shown = Film.of(frames, 12).thereAndBack().shown();

    assertThat(shown)
        .containsExactly(
            frames.get(0),
            frames.get(1),
            frames.get(2),
            frames.get(3),
            frames.get(2),
            frames.get(1));
    assertThat(Film.of(frames.subList(0, 1), 1).thereAndBack().shown()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(FilmFormat.class)
  void frames_of_several_sizes_are_refused(FilmFormat format) {
    Film film =
        Film.of(
            List.of(frames(1, 32, 32, false).getFirst(), frames(1, 32, 24, false).getFirst()), 12);

    assertThatThrownBy(() -> written(format, film))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("all frames of a film have one size; the first is 32x32 and another 32x24");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 61, Double.NaN})
  void a_speed_that_cannot_be_is_refused(double speed) {
    List<Image> frames = frames(1, 8, 8, false);

    assertThatThrownBy(() -> Film.of(frames, speed))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a film has from 1 to 60 frames in a second, got " + speed);
  }

  @Test
  void a_film_needs_a_frame() {
    assertThatThrownBy(() -> Film.of(List.of(), 12)).hasMessage("a film needs at least one frame");
    assertThatThrownBy(() -> FilmFormat.named("avi"))
        .hasMessage("unknown film format \"avi\"; known are apng, gif, mp4");
  }
}
