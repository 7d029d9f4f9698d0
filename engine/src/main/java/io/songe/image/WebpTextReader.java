package io.songe.image;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Reads the texts of a WebP file (RFC 9649): those of its EXIF chunk. */
final class WebpTextReader {
  private static final byte[] RIFF = {'R', 'I', 'F', 'F'};
  private static final byte[] WEBP = {'W', 'E', 'B', 'P'};
  private static final byte[] EXIF = {'E', 'X', 'I', 'F'};
  private static final int FIRST_CHUNK = 12;

  /** Name and length: what is before a chunk's data. */
  private static final int HEAD = 8;

  private WebpTextReader() {}

  /** {@return whether this is a WebP file} */
  static boolean recognises(PngSource source) {
    return source.startsWith(RIFF) && source.holds(HEAD, WEBP);
  }

  /**
   * All texts in the order of the file; of two with the same name the first counts.
   *
   * @throws io.songe.error.BrokenFileException if the file is cut off or damaged
   */
  static SequencedMap<String, String> readAll(PngSource source) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    var budget = new TextBudget(source);
    int end = endOfRiff(source);
    int position = FIRST_CHUNK;
    while (position < end) {
      int dataEnd = endOfChunk(source, position, end);
      if (source.holds(position, EXIF)) {
        readExif(source, position + HEAD, dataEnd, budget, texts);
      }
      // Chunks begin at even places; some programs leave out the last padding byte.
      position = dataEnd + (dataEnd - position) % 2;
    }
    return texts;
  }

  private static int endOfRiff(PngSource source) {
    long declared = HEAD + Integer.toUnsignedLong(source.littleEndian32(4));
    if (declared > source.bytes().length + 1L || declared < FIRST_CHUNK) {
      throw source.broken(
          "it declares %d bytes, but has %d; it is cut off or damaged, get it again"
              .formatted(declared, source.bytes().length));
    }
    return (int) Math.min(declared, source.bytes().length);
  }

  private static int endOfChunk(PngSource source, int position, int end) {
    if (end - position < HEAD) {
      throw source.broken(
          "a chunk should begin at byte %d, but %d bytes are left; the file is damaged"
              .formatted(position, end - position));
    }
    long length = Integer.toUnsignedLong(source.littleEndian32(position + 4));
    if (length > end - position - HEAD) {
      throw source.broken(
          "the chunk at byte %d declares %d bytes, but %d are left; it is cut off or damaged"
              .formatted(position, length, end - position - HEAD));
    }
    return position + HEAD + (int) length;
  }

  /** By the standard it begins with the TIFF header, in the wild often with JPEG's mark. */
  private static void readExif(
      PngSource source, int from, int to, TextBudget budget, SequencedMap<String, String> texts) {
    int mark = ExifTextReader.isMarked(source, from, to) ? ExifTextReader.MARK.length : 0;
    ExifTextReader.read(source, from + mark, to, budget, texts);
  }
}
