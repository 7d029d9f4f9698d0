package io.songe.format.gguf;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a header, read from front to back. */
final class GgufInput {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private final FileLabel file;
  private long position;

  GgufInput(MemorySegment bytes, FileLabel file) {
    this.bytes = bytes;
    this.file = file;
  }

  long position() {
    return position;
  }

  byte octet() {
    return bytes.get(ValueLayout.JAVA_BYTE, advance(1));
  }

  short shortInteger() {
    return bytes.get(SHORT, advance(Short.BYTES));
  }

  int integer() {
    return bytes.get(INT, advance(Integer.BYTES));
  }

  /** {@return the integer that is read next} */
  int peekInteger() {
    int value = integer();
    position -= Integer.BYTES;
    return value;
  }

  long longInteger() {
    return bytes.get(LONG, advance(Long.BYTES));
  }

  /** {@return a number of things that are counted in the file, at most {@code most}} */
  int count(String things, int most) {
    long count = longInteger();
    if (count < 0 || count > most) {
      throw damaged(
          "claims %s %s, allowed are %d".formatted(Long.toUnsignedString(count), things, most));
    }
    return (int) count;
  }

  String text(String what, int longest) {
    int length = count("bytes of " + what, longest);
    byte[] utf8 = bytes.asSlice(advance(length), length).toArray(ValueLayout.JAVA_BYTE);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException malformed) {
      throw damaged("has a %s that is not valid UTF-8".formatted(what));
    }
  }

  void skip(long count) {
    advance(count);
  }

  private long advance(long count) {
    if (count < 0 || count > bytes.byteSize() - position) {
      throw truncated("its header");
    }
    long start = position;
    position += count;
    return start;
  }

  /** {@return what to throw if the data of something do not fit into the file} */
  BrokenFileException truncated(String what) {
    return file.broken(
        "is truncated: %s goes on beyond the %d bytes that are there; download it again"
            .formatted(what, bytes.byteSize()));
  }

  BrokenFileException damaged(String problem) {
    return file.broken(problem + "; the file is damaged or forged, download it again");
  }
}
