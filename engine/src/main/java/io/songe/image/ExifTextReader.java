package io.songe.image;

import io.songe.error.BrokenFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Reads the texts of EXIF (CIPA DC-008), which has the form of a TIFF file: a header, then
 * directories of entries of 12 bytes. Only the first directory and the one for EXIF are looked at,
 * and of them only the entries in which programs say how a picture was made.
 */
final class ExifTextReader {
  /** What is before the TIFF header in a JPEG file. */
  static final byte[] MARK = {'E', 'x', 'i', 'f', 0, 0};

  private static final int USER_COMMENT = 0x9286;
  private static final int EXIF_DIRECTORY = 0x8769;

  private static final Map<Integer, String> NAMES =
      Map.of(
          0x010e,
          "ImageDescription",
          0x010f,
          "Make",
          0x0110,
          "Model",
          0x0131,
          "Software",
          0x927c,
          "MakerNote",
          USER_COMMENT,
          PictureTexts.USER_COMMENT);

  private static final int MAGIC = 42;
  private static final int HEADER = 8;
  private static final int ENTRY = 12;
  private static final int TYPE_BYTE = 1;
  private static final int TYPE_ASCII = 2;
  private static final int TYPE_LONG = 4;
  private static final int TYPE_UNDEFINED = 7;

  /** Values of so many bytes are in the entry, longer ones elsewhere. */
  private static final int INLINE = 4;

  private final PngSource source;
  private final ByteBuffer tiff;
  private final TextBudget budget;
  private final SequencedMap<String, String> texts;

  private ExifTextReader(
      PngSource source, ByteBuffer tiff, TextBudget budget, SequencedMap<String, String> texts) {
    this.source = source;
    this.tiff = tiff;
    this.budget = budget;
    this.texts = texts;
  }

  /** {@return whether the mark is at a place, all of it before another} */
  static boolean isMarked(PngSource source, int from, int to) {
    return to - from >= MARK.length && source.holds(from, MARK);
  }

  /**
   * Adds the texts that are there to others.
   *
   * @param from the place of the TIFF header
   * @param to the place behind the last byte
   * @throws BrokenFileException if the header, a directory or a text is not whole
   */
  static void read(
      PngSource source, int from, int to, TextBudget budget, SequencedMap<String, String> texts) {
    ByteBuffer tiff = ByteBuffer.wrap(source.bytes(), from, to - from).slice();
    var reader = new ExifTextReader(source, tiff, budget, texts);
    reader.readHeader();
  }

  private void readHeader() {
    require(0, HEADER);
    tiff.order(
        switch (tiff.getShort(0)) {
          case 0x4949 -> ByteOrder.LITTLE_ENDIAN; // II
          case 0x4d4d -> ByteOrder.BIG_ENDIAN; // MM
          default -> throw damaged();
        });
    if (tiff.getShort(2) != MAGIC) {
      throw damaged();
    }
    int exif = readDirectory(unsigned32(4));
    if (exif != 0) {
      readDirectory(Integer.toUnsignedLong(exif));
    }
  }

  /** Reads a directory's texts, and gives the place of the directory for EXIF; 0 if none. */
  private int readDirectory(long offset) {
    require(offset, 2);
    int at = (int) offset;
    int entries = Short.toUnsignedInt(tiff.getShort(at));
    require(offset + 2, (long) entries * ENTRY);
    int exif = 0;
    for (int i = 0; i < entries; i++) {
      int entry = at + 2 + i * ENTRY;
      int tag = Short.toUnsignedInt(tiff.getShort(entry));
      if (tag == EXIF_DIRECTORY && tiff.getShort(entry + 2) == TYPE_LONG) {
        exif = tiff.getInt(entry + 8);
      } else if (NAMES.containsKey(tag) && !texts.containsKey(NAMES.get(tag))) {
        readText(tag, entry);
      }
    }
    return exif;
  }

  private void readText(int tag, int entry) {
    int type = tiff.getShort(entry + 2);
    // The makers' notes of cameras are not text, and are not of the type for text.
    boolean text = type == TYPE_ASCII;
    boolean comment = tag == USER_COMMENT && (type == TYPE_UNDEFINED || type == TYPE_BYTE);
    if (!text && !comment) {
      return;
    }
    long length = unsigned32(entry + 4);
    long offset = length <= INLINE ? entry + 8 : unsigned32(entry + 8);
    require(offset, length);
    budget.spend((int) length);
    byte[] bytes = new byte[(int) length];
    tiff.get((int) offset, bytes);
    String name = NAMES.getOrDefault(tag, "");
    String value =
        tag == USER_COMMENT
            ? ExifText.userComment(bytes, tiff.order())
            : ExifText.stripZeros(ExifText.plain(bytes, StandardCharsets.ISO_8859_1));
    if (!value.isEmpty()) {
      texts.put(name, value);
    }
  }

  private long unsigned32(int offset) {
    return Integer.toUnsignedLong(tiff.getInt(offset));
  }

  private void require(long offset, long length) {
    if (offset + length > tiff.limit()) {
      throw damaged();
    }
  }

  private BrokenFileException damaged() {
    return source.broken(
        "its EXIF data are cut off or damaged; save the picture anew, or without them");
  }
}
