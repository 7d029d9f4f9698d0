package io.songe.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Reads the texts of a JPEG file (ITU-T T.81, annex B): its EXIF, which is in an APP1 segment, and
 * its comment (COM). Nothing is read from the first scan on, which is where the pixels begin.
 */
final class JpegTextReader {
  private static final byte[] SIGNATURE = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
  private static final int FILL = 0xff;
  private static final int TEMPORARY = 0x01;
  private static final int FIRST_RESTART = 0xd0;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int APP1 = 0xe1;
  private static final int COMMENT = 0xfe;

  private final PngSource source;
  private final TextBudget budget;
  private final SequencedMap<String, String> texts = new LinkedHashMap<>();

  private JpegTextReader(PngSource source) {
    this.source = source;
    this.budget = new TextBudget(source);
  }

  /** {@return whether this is a JPEG file} */
  static boolean recognises(PngSource source) {
    return source.startsWith(SIGNATURE);
  }

  /**
   * All texts in the order of the file; of two with the same name the first counts.
   *
   * @throws io.songe.error.BrokenFileException if the file is cut off or damaged before its pixels
   */
  static SequencedMap<String, String> readAll(PngSource source) {
    var reader = new JpegTextReader(source);
    reader.readSegments();
    return reader.texts;
  }

  private void readSegments() {
    int position = 2;
    while (true) {
      require(position + 1);
      if (source.unsignedByte(position) != FILL) {
        throw source.broken(
            "a segment should begin at byte %d; the file is damaged".formatted(position));
      }
      int marker = source.unsignedByte(position + 1);
      if (marker == FILL) {
        position++;
        continue;
      }
      position += 2;
      if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
        return;
      }
      if (!standsAlone(marker)) {
        position = readSegment(marker, position);
      }
    }
  }

  private static boolean standsAlone(int marker) {
    return marker == TEMPORARY || (marker >= FIRST_RESTART && marker < END_OF_IMAGE);
  }

  /** Reads the segment whose length is there, and gives the place behind it. */
  private int readSegment(int marker, int position) {
    require(position + 1);
    int end = position + source.bigEndian16(position);
    if (end < position + 2) {
      throw source.broken(
          "the segment at byte %d has an impossible length; the file is damaged"
              .formatted(position - 2));
    }
    require(end - 1);
    if (marker == COMMENT) {
      readComment(position + 2, end);
    } else if (marker == APP1 && ExifTextReader.isMarked(source, position + 2, end)) {
      ExifTextReader.read(source, position + 2 + ExifTextReader.MARK.length, end, budget, texts);
    }
    return end;
  }

  private void readComment(int from, int to) {
    budget.spend(to - from);
    byte[] comment = Arrays.copyOfRange(source.bytes(), from, to);
    texts.putIfAbsent(
        PictureTexts.JPEG_COMMENT,
        ExifText.stripZeros(ExifText.plain(comment, StandardCharsets.ISO_8859_1)));
  }

  private void require(int offset) {
    if (offset >= source.bytes().length) {
      throw source.broken(
          "the file is cut off after %d bytes, before its pixels; get it again"
              .formatted(source.bytes().length));
    }
  }
}
