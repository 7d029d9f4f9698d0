package io.songe.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds safetensors files by hand, well-formed or not. */
final class SafetensorsBytes {
  private SafetensorsBytes() {}

  /** A file of the given header and so many bytes of data, which count up from 0. */
  static byte[] file(String json, int dataLength) {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    return file(header.length, header, dataLength);
  }

  static byte[] file(long claimedLength, byte[] header, int dataLength) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + header.length + dataLength).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(claimedLength).put(header);
    for (int i = 0; i < dataLength; i++) {
      bytes.put((byte) i);
    }
    return bytes.array();
  }

  static Path write(Path file, String json, int dataLength) {
    try {
      return Files.write(file, file(json, dataLength));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
