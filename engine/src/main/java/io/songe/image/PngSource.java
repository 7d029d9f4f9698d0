package io.songe.image;

import io.songe.error.BrokenFileException;
import java.util.Arrays;

/** The bytes of a picture's file being read, with what is needed to refuse them. */
final class PngSource {
  private final String name;
  private final byte[] bytes;
  private final PngLimits limits;

  /**
   * A file to be read.
   *
   * @param name the file's name, for messages
   * @param bytes the whole file; kept, and only read
   * @param limits how much of it may be believed
   * @throws BrokenFileException if it is longer than the limit
   */
  PngSource(String name, byte[] bytes, PngLimits limits) {
    if (bytes.length > limits.bytes()) {
      throw tooLong(name, bytes.length, limits);
    }
    this.name = name;
    this.bytes = bytes;
    this.limits = limits;
  }

  byte[] bytes() {
    return bytes;
  }

  PngLimits limits() {
    return limits;
  }

  static BrokenFileException tooLong(String name, long length, PngLimits limits) {
    return new BrokenFileException(
        "%s: the file has %d bytes, more than the limit of %d; make the picture smaller"
            .formatted(name, length, limits.bytes()));
  }

  /** The refusal of this file. */
  BrokenFileException broken(String problem) {
    return new BrokenFileException(name + ": " + problem);
  }

  /** {@return whether the file begins with these bytes} */
  boolean startsWith(byte... signature) {
    return holds(0, signature);
  }

  /** {@return whether these bytes are at a place, all of them inside the file} */
  boolean holds(int offset, byte... expected) {
    return offset <= bytes.length - expected.length
        && Arrays.equals(bytes, offset, offset + expected.length, expected, 0, expected.length);
  }

  int unsignedByte(int offset) {
    return bytes[offset] & 0xff;
  }

  int bigEndian16(int offset) {
    return unsignedByte(offset) << 8 | unsignedByte(offset + 1);
  }

  int bigEndian32(int offset) {
    return bigEndian16(offset) << 16 | bigEndian16(offset + 2);
  }

  int littleEndian32(int offset) {
    return Integer.reverseBytes(bigEndian32(offset));
  }
}
