package io.songe.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * One chunk of a PNG file (PNG specification, third edition, section 5.3), left where it is.
 *
 * @param type four letters
 * @param offset of its data in the file
 * @param length of its data in bytes
 */
record PngChunk(String type, int offset, int length) {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");

  /** Length, type and checksum: what surrounds the data. */
  private static final int OVERHEAD = 12;

  /** Far more than any program writes; without a limit, empty chunks would fill the memory. */
  private static final int MOST = 100_000;

  /** {@return the offset after the last byte of its data} */
  int end() {
    return offset + length;
  }

  /** {@return a copy of the bytes with which every PNG file begins} */
  static byte[] signature() {
    return SIGNATURE.clone();
  }

  /**
   * The chunks of a file, each with its length and checksum verified, in an order that the
   * specification allows. Bytes after the end chunk are not looked at.
   *
   * @return the chunks, from the header (IHDR) to the end (IEND)
   * @throws io.songe.error.BrokenFileException if the file is not a whole PNG file
   */
  static List<PngChunk> readAll(PngSource source) {
    byte[] bytes = source.bytes();
    if (!Arrays.equals(SIGNATURE, Arrays.copyOf(bytes, SIGNATURE.length))) {
      throw source.broken("this is not a PNG file: it does not begin with the PNG signature");
    }
    List<PngChunk> chunks = new ArrayList<>();
    int position = SIGNATURE.length;
    while (chunks.isEmpty() || !chunks.getLast().type().equals("IEND")) {
      PngChunk chunk = readAt(source, position);
      checkOrder(source, chunks, chunk);
      chunks.add(chunk);
      position += OVERHEAD + chunk.length();
    }
    return chunks;
  }

  private static PngChunk readAt(PngSource source, int position) {
    int left = source.bytes().length - position;
    if (left < OVERHEAD) {
      throw source.broken(
          "the file is cut off after %d bytes, before its end chunk (IEND); get it again"
              .formatted(source.bytes().length));
    }
    String type = new String(source.bytes(), position + 4, 4, StandardCharsets.ISO_8859_1);
    if (!type.chars().allMatch(PngChunk::isLetter)) {
      throw source.broken(
          "a chunk should begin at byte %d, but its type is not four letters; the file is damaged"
              .formatted(position));
    }
    int length = source.bigEndian32(position);
    if (length < 0 || length > left - OVERHEAD) {
      throw source.broken(
          "chunk %s declares %d bytes, but %d are left in the file; it is cut off or damaged"
              .formatted(type, Integer.toUnsignedLong(length), left - OVERHEAD));
    }
    var crc = new CRC32();
    crc.update(source.bytes(), position + 4, 4 + length);
    if ((int) crc.getValue() != source.bigEndian32(position + 8 + length)) {
      throw source.broken(
          "the checksum of chunk %s is wrong: the file was altered or damaged; get it again"
              .formatted(type));
    }
    return new PngChunk(type, position + 8, length);
  }

  private static void checkOrder(PngSource source, List<PngChunk> before, PngChunk chunk) {
    String type = chunk.type();
    if (before.isEmpty() != type.equals("IHDR")) {
      throw source.broken("the header (IHDR) must be the first chunk and the only one of its kind");
    }
    boolean critical = Character.isUpperCase(type.charAt(0));
    if (critical && !CRITICAL.contains(type)) {
      throw source.broken(
          "chunk %s is needed to read this picture and is not known here; save it as a plain PNG"
              .formatted(type));
    }
    boolean continues = type.equals("IDAT") && before.getLast().type().equals("IDAT");
    if (critical && !continues && before.stream().anyMatch(other -> other.type().equals(type))) {
      throw source.broken("chunk %s stands twice; the file is damaged".formatted(type));
    }
    if (before.size() == MOST) {
      throw source.broken("the file has more than %d chunks; save it anew".formatted(MOST));
    }
  }

  private static boolean isLetter(int character) {
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
  }
}
