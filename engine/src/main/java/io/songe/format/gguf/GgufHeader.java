package io.songe.format.gguf;

import io.songe.file.FileLabel;
import io.songe.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stands before the data of a GGUF file, versions 2 and 3: the letters, the version, two
 * counts, metadata, the tensors' names, extents, types and places (specification: <a
 * href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">ggml-org/ggml</a>). All is
 * checked against the file's real size: tensors lie one after the other, with nothing but the
 * padding that the alignment asks for between them.
 *
 * @param tensors in the order of their data
 * @param metadata texts and numbers by key, in the file's order
 */
public record GgufHeader(List<GgufTensor> tensors, Map<String, String> metadata) {
  private static final int MAGIC = 0x46554747; // GGUF, its first letter in the lowest byte
  private static final int MOST_TENSORS = 100_000;
  private static final int MOST_METADATA = 110_000;
  private static final int LONGEST_NAME = 1024;
  private static final int HIGHEST_RANK = 8;

  /** A header with its collections copied. */
  public GgufHeader {
    tensors = List.copyOf(tensors);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Reads and checks the header of a whole file.
   *
   * @param file the file's bytes
   * @param label how messages call it
   * @return what lies where
   * @throws io.songe.error.BrokenFileException if anything is wrong with it, or a tensor is of a
   *     type that is not read
   */
  public static GgufHeader read(MemorySegment file, FileLabel label) {
    GgufInput in = new GgufInput(file, label);
    if (in.integer() != MAGIC) {
      throw label.broken("is not a GGUF file; check what was downloaded");
    }
    requireKnownVersion(in.integer(), label);
    int tensorCount = in.count("tensors", MOST_TENSORS);
    int metadataCount = in.count("entries of metadata", MOST_METADATA);
    GgufMetadata metadata = GgufMetadata.read(in, metadataCount);
    List<GgufTensor> relative = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tensorCount; i++) {
      GgufTensor tensor = tensor(in, metadata, label);
      if (!names.add(tensor.name())) {
        throw in.damaged("has two tensors of the name " + FileLabel.quote(tensor.name()));
      }
      relative.add(tensor);
    }
    long dataStart = Math.ceilDiv(in.position(), metadata.alignment()) * metadata.alignment();
    relative.sort(Comparator.comparingLong(GgufTensor::start));
    return new GgufHeader(
        placed(relative, dataStart, metadata.alignment(), file.byteSize(), in), metadata.texts());
  }

  private static void requireKnownVersion(int version, FileLabel label) {
    if (version == 2 || version == 3) {
      return;
    }
    throw label.broken(
        (version & 0xFFFF) == 0
            ? "is a GGUF file in big-endian byte order, this version reads little; get the ordinary one"
            : "is a GGUF file of version %s, this version reads 2 and 3; get a newer one"
                .formatted(Integer.toUnsignedString(version)));
  }

  private static GgufTensor tensor(GgufInput in, GgufMetadata metadata, FileLabel label) {
    String name = in.text("tensor name", LONGEST_NAME);
    if (name.isEmpty()) {
      throw in.damaged("has a tensor without a name");
    }
    String tensor = "tensor " + FileLabel.quote(name);
    int rank = in.integer();
    if (rank < 0 || rank > HIGHEST_RANK) {
      throw in.damaged(
          "%s has %s dimensions, allowed are %d"
              .formatted(tensor, Integer.toUnsignedString(rank), HIGHEST_RANK));
    }
    long[] extents = new long[rank];
    for (int i = rank - 1; i >= 0; i--) {
      extents[i] = in.longInteger();
    }
    Shape shape = shape(name, extents, in);
    int number = in.integer();
    GgufType type =
        GgufType.numbered(number)
            .orElseThrow(() ->
                label.broken(
                    "%s is of type %s, which this version of Songe does not read; use a Q8_0, Q4_K or F16 version of the file"
                        .formatted(tensor, GgufType.nameOf(number))));
    long start = in.longInteger();
    long innermost = rank == 0 ? 1 : shape.dim(-1);
    if (innermost % type.blockElements() != 0) {
      throw in.damaged(
          "%s is %s %s, but blocks of %s have %d elements"
              .formatted(tensor, type, shape, type, type.blockElements()));
    }
    if (type.plain().isEmpty() && shape.elements() > Integer.MAX_VALUE - Long.BYTES) {
      throw label.broken("%s is %s, too large to be dequantised".formatted(tensor, shape));
    }
    long blocks = shape.elements() / type.blockElements();
    if (blocks > Long.MAX_VALUE / 2 / type.blockBytes()) {
      throw in.damaged(tensor + " has a shape of more elements than can be counted");
    }
    return new GgufTensor(
        name, type, original(shape, name, metadata, in), start, blocks * type.blockBytes());
  }

  private static Shape original(Shape shape, String name, GgufMetadata metadata, GgufInput in) {
    Shape original = metadata.originalShape(name).orElse(shape);
    if (original.elements() != shape.elements()) {
      throw in.damaged(
          "tensor %s is %s and was %s".formatted(FileLabel.quote(name), shape, original));
    }
    return original;
  }

  static Shape shape(String name, long[] extents, GgufInput in) {
    try {
      return Shape.of(extents);
    } catch (IllegalArgumentException impossible) {
      throw in.damaged(
          "%s has a shape of negative extents, or more elements than can be counted"
              .formatted(FileLabel.quote(name)));
    }
  }

  /** From places after the header to places in the file. */
  private static List<GgufTensor> placed(
      List<GgufTensor> ordered, long dataStart, int alignment, long fileSize, GgufInput in) {
    List<GgufTensor> placed = new ArrayList<>(ordered.size());
    long next = 0;
    for (GgufTensor tensor : ordered) {
      String name = "tensor " + FileLabel.quote(tensor.name());
      if (tensor.start() < next || tensor.start() - next >= alignment) {
        throw in.damaged(
            "%s begins %d bytes after the header, expected %d"
                .formatted(name, tensor.start(), aligned(next, alignment)));
      }
      if (tensor.start() % alignment != 0) {
        throw in.damaged(
            "%s begins at byte %d, not at a multiple of %d"
                .formatted(name, tensor.start(), alignment));
      }
      if (dataStart > fileSize || tensor.bytes() > fileSize - dataStart - tensor.start()) {
        throw in.truncated(name);
      }
      placed.add(
          new GgufTensor(
              tensor.name(),
              tensor.type(),
              tensor.shape(),
              dataStart + tensor.start(),
              tensor.bytes()));
      next = tensor.start() + tensor.bytes();
    }
    long end = ordered.isEmpty() ? in.position() : dataStart + next;
    if (fileSize - end >= alignment) {
      throw in.damaged(
          "has %d bytes after the last tensor that belong to none".formatted(fileSize - end));
    }
    return placed;
  }

  private static long aligned(long position, int alignment) {
    return Math.ceilDiv(position, alignment) * alignment;
  }
}
