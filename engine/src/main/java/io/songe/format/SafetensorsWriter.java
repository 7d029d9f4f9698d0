package io.songe.format;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes safetensors files, byte for byte as the reference library does: wide elements first, then
 * by name in the order of UTF-8; the header padded with blanks to a multiple of eight bytes, so
 * that every tensor is aligned. Metadata keys are sorted, where the reference library's order is
 * random. The same tensors therefore always give the same file.
 */
public final class SafetensorsWriter {
  private static final int BUFFER = 1 << 20;
  private static final int ALIGNMENT = 8;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .disable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  /** A tensor whose bytes are fetched when their turn comes, so that one at a time is in memory. */
  private record Pending(String name, DType dtype, Shape shape, Supplier<MemorySegment> data) {
    long length() {
      return shape.elements() * dtype.bytes();
    }
  }

  private static final Comparator<Pending> LAYOUT =
      Comparator.comparing(Pending::dtype, SafetensorsDType.layoutOrder())
          .thenComparing(
              tensor -> tensor.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private SafetensorsWriter() {}

  /**
   * Writes a file, replacing an older one at once when all is on disk.
   *
   * @param target the file; its folder must exist
   * @param tensors what it shall hold, in any order
   * @param metadata free text by key, such as {@code format} = {@code pt}; may be empty
   * @throws BrokenFileException if the disk is full or the folder cannot be written; nothing
   *     half-written is left, and an older file is untouched
   * @throws EngineException if two tensors have one name, or a name or text is not allowed in a
   *     safetensors file
   */
  public static void write(
      Path target, Collection<StoredTensor> tensors, Map<String, String> metadata) {
    writePending(
        target,
        tensors.stream()
            .map(
                stored -> new Pending(stored.name(), stored.dtype(), stored.shape(), stored::data)),
        metadata);
  }

  /**
   * Writes tensors in another type. As {@link #write(Path, Collection, Map)}; one tensor at a time
   * is converted in memory, and what is no floating-point number stays as it is.
   *
   * @param target the file; its folder must exist
   * @param tensors what it shall hold, in any order
   * @param dtype the type of floating-point elements
   * @param metadata free text by key; may be empty
   * @throws InvalidRequestException if an element is not finite in that type
   * @throws BrokenFileException if the disk is full or the folder cannot be written; nothing
   *     half-written is left, and an older file is untouched
   * @throws EngineException if two tensors have one name, or a name or text is not allowed in a
   *     safetensors file
   */
  public static void write(
      Path target, Collection<StoredTensor> tensors, DType dtype, Map<String, String> metadata) {
    writePending(
        target,
        tensors.stream()
            .map(stored -> {
              DType written = stored.dtype().isFloatingPoint() ? dtype : stored.dtype();
              return new Pending(
                  stored.name(), written, stored.shape(), () -> converted(stored, written));
            }),
        metadata);
  }

  private static MemorySegment converted(StoredTensor stored, DType dtype) {
    if (stored.dtype() == dtype) {
      return stored.data();
    }
    try (Scope _ = Scope.open()) {
      Tensor tensor = stored.toTensor().to(dtype);
      if (!tensor.isFinite()) {
        throw new InvalidRequestException(
            "tensor %s has elements that %s cannot hold; choose FLOAT32 or BFLOAT16"
                .formatted(FileLabel.quote(stored.name()), dtype));
      }
      return MemorySegment.ofArray(tensor.toBytes());
    }
  }

  /**
   * Writes tensors by name. As {@link #write(Path, Collection, Map)}; one tensor at a time is
   * copied out of libtorch's memory.
   *
   * @param target the file; its folder must exist
   * @param tensors what it shall hold, by name
   * @param metadata free text by key; may be empty
   * @throws BrokenFileException if the disk is full or the folder cannot be written; nothing
   *     half-written is left, and an older file is untouched
   * @throws EngineException if a name or text is not allowed in a safetensors file
   */
  public static void write(Path target, Map<String, Tensor> tensors, Map<String, String> metadata) {
    writePending(
        target,
        tensors.entrySet().stream()
            .map(named -> {
              Tensor tensor = named.getValue();
              return new Pending(
                  named.getKey(),
                  tensor.dtype(),
                  tensor.shape(),
                  () -> MemorySegment.ofArray(tensor.toBytes()));
            }),
        metadata);
  }

  private static void writePending(
      Path target, Stream<Pending> tensors, Map<String, String> metadata) {
    List<Pending> ordered = tensors.sorted(LAYOUT).toList();
    byte[] header = header(ordered, metadata);
    requireReadable(header, ordered, target);
    ModelFile.write(
        target,
        channel -> {
          ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
          drain(buffer.putLong(header.length), channel);
          copy(MemorySegment.ofArray(header), buffer, channel);
          for (Pending tensor : ordered) {
            copy(tensor.data().get(), buffer, channel);
          }
        });
  }

  private static byte[] header(List<Pending> ordered, Map<String, String> metadata) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectPropertyStart("__metadata__");
        new TreeMap<>(metadata).forEach(json::writeStringProperty);
        json.writeEndObject();
      }
      long begin = 0;
      for (Pending tensor : ordered) {
        long end = begin + tensor.length();
        json.writeObjectPropertyStart(tensor.name());
        json.writeStringProperty("dtype", SafetensorsDType.nameOf(tensor.dtype()));
        writeNumbers(json, "shape", tensor.shape().toArray());
        writeNumbers(json, "data_offsets", begin, end);
        json.writeEndObject();
        begin = end;
      }
      json.writeEndObject();
    } catch (JacksonException refused) {
      throw new EngineException(
          "a tensor's name or a metadata text is not proper Unicode", refused);
    }
    while (bytes.size() % ALIGNMENT != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }

  private static void writeNumbers(JsonGenerator json, String field, long... numbers) {
    json.writeName(field);
    json.writeArray(numbers, 0, numbers.length);
  }

  /** Puts the header through the reader: what it would refuse must not be written. */
  private static void requireReadable(byte[] header, List<Pending> tensors, Path target) {
    long dataLength = tensors.stream().mapToLong(Pending::length).sum();
    try {
      SafetensorsHeader.parse(MemorySegment.ofArray(header), dataLength, FileLabel.of(target));
    } catch (BrokenFileException refused) {
      throw new EngineException(
          "cannot write what could not be read: " + refused.getMessage(), refused);
    }
  }

  /**
   * In pieces through a direct buffer: segments may be beyond 2 GiB, and on the heap of any type.
   */
  private static void copy(MemorySegment from, ByteBuffer buffer, FileChannel channel)
      throws IOException {
    MemorySegment window = MemorySegment.ofBuffer(buffer.clear());
    for (long position = 0; position < from.byteSize(); position += window.byteSize()) {
      int count = (int) Math.min(window.byteSize(), from.byteSize() - position);
      MemorySegment.copy(from, position, window, 0, count);
      drain(buffer.clear().position(count), channel);
    }
  }

  private static void drain(ByteBuffer buffer, FileChannel channel) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
