package io.songe.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds GGUF files by hand, well-formed or not: metadata first, then tensors, then data. */
final class GgufBytes {
  private final ByteArrayOutputStream metadata = new ByteArrayOutputStream();
  private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
  private int version = 3;
  private long metadataCount;
  private long tensorCount;
  private int alignment = 32;
  private int dataLength;

  GgufBytes version(int number) {
    version = number;
    return this;
  }

  /** Claims more than there are. */
  GgufBytes claim(long moreTensors, long moreMetadata) {
    tensorCount += moreTensors;
    metadataCount += moreMetadata;
    return this;
  }

  GgufBytes aligned(int to) {
    alignment = to;
    return metadata("general.alignment", 4, integer(to));
  }

  GgufBytes metadata(String key, int type, byte[] value) {
    metadataCount++;
    metadata.writeBytes(text(key));
    metadata.writeBytes(integer(type));
    metadata.writeBytes(value);
    return this;
  }

  /** A tensor at a place in the data, its extents innermost first. */
  GgufBytes tensor(String name, long start, int type, long... extents) {
    tensorCount++;
    tensors.writeBytes(text(name));
    tensors.writeBytes(integer(extents.length));
    for (long extent : extents) {
      tensors.writeBytes(number(extent));
    }
    tensors.writeBytes(integer(type));
    tensors.writeBytes(number(start));
    return this;
  }

  GgufBytes data(int length) {
    dataLength = length;
    return this;
  }

  byte[] end() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(integer(version));
    out.writeBytes(number(tensorCount));
    out.writeBytes(number(metadataCount));
    out.writeBytes(metadata.toByteArray());
    out.writeBytes(tensors.toByteArray());
    out.writeBytes(new byte[Math.floorMod(-out.size(), Math.max(1, alignment))]);
    out.writeBytes(new byte[dataLength]);
    return out.toByteArray();
  }

  static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(number(utf8.length));
    out.writeBytes(utf8);
    return out.toByteArray();
  }

  static byte[] integer(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
