package io.songe.format.torch;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The bytes of one or several pickles, one after the other, read from front to back. */
final class PickleInput {
  private static final int LONGEST_LINE = 1000;
  private static final int LONGEST_NUMBER = 64;
  private static final int LONGEST_TEXT = 16 << 20;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private final FileLabel file;
  private long position;

  PickleInput(MemorySegment bytes, FileLabel file) {
    this.bytes = bytes;
    this.file = file;
  }

  /** {@return where the next byte stands} */
  long position() {
    return position;
  }

  int unsignedByte() {
    return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, advance(1)));
  }

  int unsignedShort() {
    return Short.toUnsignedInt(bytes.get(SHORT, advance(Short.BYTES)));
  }

  int signedInt() {
    return bytes.get(INT, advance(Integer.BYTES));
  }

  long unsignedInt() {
    return Integer.toUnsignedLong(signedInt());
  }

  long signedLong() {
    return bytes.get(LONG, advance(Long.BYTES));
  }

  /** Doubles are the only numbers that a pickle holds in the other order. */
  double bigEndianDouble() {
    return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
  }

  void skip(long count) {
    advance(count);
  }

  /** {@return the length of so many elements of so many bytes, which are skipped} */
  long take(long elements, int width) {
    if (elements > bytes.byteSize() / width) {
      throw truncated();
    }
    advance(elements * width);
    return elements * width;
  }

  /** {@return a whole number of that many bytes, in two's complement} */
  BigInteger number(long length) {
    if (length > LONGEST_NUMBER) {
      throw damaged("holds a whole number of %d bytes".formatted(length));
    }
    byte[] bigEndian = new byte[(int) length + 1];
    long start = advance(length);
    for (int i = 0; i < length; i++) {
      bigEndian[(int) length - i] = bytes.get(ValueLayout.JAVA_BYTE, start + i);
    }
    // The sign of the last byte that was read is the number's.
    bigEndian[0] = (byte) (length > 0 && bigEndian[1] < 0 ? -1 : 0);
    return new BigInteger(bigEndian);
  }

  /** {@return the text of that many bytes} */
  String text(long length) {
    return textOrNothing(length).orElseThrow(() -> damaged("holds a text that is not valid UTF-8"));
  }

  /** {@return the text of that many bytes, empty if they are not UTF-8} */
  Optional<String> textOrNothing(long length) {
    if (length > LONGEST_TEXT) {
      throw damaged("holds a text of %s bytes".formatted(Long.toUnsignedString(length)));
    }
    byte[] utf8 = bytes.asSlice(advance(length), length).toArray(ValueLayout.JAVA_BYTE);
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException malformed) {
      return Optional.empty();
    }
  }

  /** {@return the text up to the end of the line, which is taken, too} */
  String line() {
    long start = position;
    while (unsignedByte() != '\n') {
      if (position - start > LONGEST_LINE) {
        throw damaged("holds a line of more than %d bytes".formatted(LONGEST_LINE));
      }
    }
    long length = position - 1 - start;
    position = start;
    String text = text(length);
    position++;
    return text;
  }

  private long advance(long count) {
    if (count < 0 || count > bytes.byteSize() - position) {
      throw truncated();
    }
    long start = position;
    position += count;
    return start;
  }

  private BrokenFileException truncated() {
    return file.broken(
        "is truncated: its pickle goes on beyond the %d bytes that are there; download it again"
            .formatted(bytes.byteSize()));
  }

  private BrokenFileException damaged(String problem) {
    return file.broken(
        "its pickle %s; the file is damaged or forged, download it again".formatted(problem));
  }
}
