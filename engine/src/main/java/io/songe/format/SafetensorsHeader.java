package io.songe.format;

import io.songe.file.FileLabel;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What stands before the data of a safetensors file: eight bytes of length, little-endian, then
 * that many bytes of JSON, padded with blanks. Everything in it is checked here against the file's
 * real size, so that who holds a header may trust it: the slots lie in the data one after another,
 * from the first byte to the last, each exactly as long as its shape and type say.
 *
 * @param dataStart where the data begin, in bytes from the start of the file
 * @param slots the tensors in the order of their data; empty ones at one place in the header's
 *     order
 * @param metadata free text by key, in the header's order
 */
record SafetensorsHeader(long dataStart, List<Slot> slots, Map<String, String> metadata) {
  /** The specification's limit on the length of the JSON, in bytes. */
  static final long LONGEST = 100_000_000;

  static final int LENGTH_BYTES = Long.BYTES;
  private static final int SHORTEST = 2; // {}
  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Where one tensor lies.
   *
   * @param begin its first byte, counted from the start of the data
   * @param end the byte after its last
   */
  record Slot(String name, DType dtype, Shape shape, long begin, long end) {}

  /**
   * Reads and checks the header of a whole file.
   *
   * @param file the file's bytes
   * @param label how messages call it
   * @throws io.songe.error.BrokenFileException if anything is wrong with it
   */
  static SafetensorsHeader read(MemorySegment file, FileLabel label) {
    if (file.byteSize() < LENGTH_BYTES + SHORTEST) {
      throw label.broken(
          "is too short for a safetensors file (%d bytes); download it again"
              .formatted(file.byteSize()));
    }
    long available = file.byteSize() - LENGTH_BYTES;
    long length = file.get(LENGTH, 0);
    if (file.get(ValueLayout.JAVA_BYTE, LENGTH_BYTES) != '{') {
      throw label.broken("is not a safetensors file; check what was downloaded");
    }
    if (length < SHORTEST || length > LONGEST) {
      throw label.broken(
          "claims a header of %s bytes, allowed are %d to %d; it is damaged, download it again"
              .formatted(Long.toUnsignedString(length), SHORTEST, LONGEST));
    }
    if (length > available) {
      throw label.broken(
          "is truncated: its header has %d bytes but only %d are there; download it again"
              .formatted(length, available));
    }
    return parse(file.asSlice(LENGTH_BYTES, length), available - length, label);
  }

  /**
   * Parses and checks the JSON alone.
   *
   * @param json the bytes after the length
   * @param dataLength how many bytes of data follow
   * @param label how messages call the file
   * @throws io.songe.error.BrokenFileException if anything is wrong with it
   */
  static SafetensorsHeader parse(MemorySegment json, long dataLength, FileLabel label) {
    SafetensorsHeaderParser.Parsed parsed = SafetensorsHeaderParser.parse(json, label);
    List<Slot> ordered = new ArrayList<>(parsed.slots());
    ordered.sort(Comparator.comparingLong(Slot::begin).thenComparingLong(Slot::end));
    requireCover(ordered, dataLength, label);
    return new SafetensorsHeader(
        LENGTH_BYTES + json.byteSize(), List.copyOf(ordered), parsed.metadata());
  }

  private static void requireCover(List<Slot> ordered, long dataLength, FileLabel label) {
    long promised = ordered.stream().mapToLong(Slot::end).max().orElse(0);
    if (promised > dataLength) {
      throw label.broken(
          "is truncated: its tensors need %d bytes of data but only %d are there; download it again"
              .formatted(promised, dataLength));
    }
    long covered = 0;
    String before = "the header";
    for (Slot slot : ordered) {
      String name = FileLabel.quote(slot.name());
      if (slot.begin() < covered) {
        throw label.broken(
            "tensor %s overlaps %s; the file is damaged or forged, download it again"
                .formatted(name, before));
      }
      if (slot.begin() > covered) {
        throw label.broken(
            "has %d unused bytes between %s and tensor %s; it is damaged or forged, download it again"
                .formatted(slot.begin() - covered, before, name));
      }
      covered = slot.end();
      before = "tensor " + name;
    }
    if (covered < dataLength) {
      throw label.broken(
          "has %d bytes after the last tensor that belong to none; it is damaged or forged, download it again"
              .formatted(dataLength - covered));
    }
  }
}
