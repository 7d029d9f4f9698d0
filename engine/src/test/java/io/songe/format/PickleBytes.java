package io.songe.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles by hand, instruction by instruction, and archives around them. */
public final class PickleBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  PickleBytes() {
    code(0x80, 2);
  }

  /** Instructions as they are. */
  PickleBytes code(int... instructions) {
    for (int instruction : instructions) {
      bytes.write(instruction);
    }
    return this;
  }

  /** Instructions that are letters, and their arguments in protocol 0. */
  PickleBytes code(String instructions) {
    bytes.writeBytes(instructions.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  PickleBytes global(String module, String name) {
    return code("c" + module + "\n" + name + "\n");
  }

  PickleBytes text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    code('X').little(utf8.length);
    bytes.writeBytes(utf8);
    return this;
  }

  PickleBytes whole(long number) {
    return number >= 0 && number < 256 ? code('K', (int) number) : code("L" + number + "L\n");
  }

  PickleBytes little(int number) {
    return code(number & 0xFF, (number >> 8) & 0xFF, (number >> 16) & 0xFF, number >>> 24);
  }

  /** A tuple of whole numbers. */
  PickleBytes tuple(long... numbers) {
    code("(");
    for (long number : numbers) {
      whole(number);
    }
    return code("t");
  }

  /** The reference to a storage. */
  PickleBytes storage(String type, String key, long elements) {
    code("(").text("storage").global("torch", type).text(key).text("cpu");
    return whole(elements).code("tQ");
  }

  /** A tensor over a storage of four floats, of the key 0. */
  PickleBytes tensor(long offset, long[] extents, long[] strides) {
    return global("torch._utils", "_rebuild_tensor_v2")
        .code("(")
        .storage("FloatStorage", "0", 4)
        .whole(offset)
        .tuple(extents)
        .tuple(strides)
        .code(0x89) // no gradient
        .code("}tR");
  }

  PickleBytes tensor() {
    return tensor(0, new long[] {4}, new long[] {1});
  }

  /** An entry {@code w} that is a tensor, the last thing in a dictionary with nothing else. */
  static PickleBytes dictionary() {
    return new PickleBytes().code("}").text("w").tensor().code("s");
  }

  byte[] end() {
    return code(".").bytes.toByteArray();
  }

  /** The archive that PyTorch would make of the pickle and one storage of sixteen bytes. */
  byte[] archive() {
    return archive(end());
  }

  static byte[] archive(byte[] pickle) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", pickle);
    entries.put("archive/data/0", new byte[16]);
    entries.put("archive/version", "3\n".getBytes(StandardCharsets.UTF_8));
    return zip(entries, false);
  }

  /** A whole checkpoint, as {@code torch.save} writes a state dict. */
  public static byte[] checkpoint(Collection<StoredTensor> tensors) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    PickleBytes pickle = new PickleBytes().global("collections", "OrderedDict").code(")R(");
    entries.put("archive/data.pkl", new byte[0]);
    for (StoredTensor tensor : tensors) {
      String key = Integer.toString(entries.size() - 1);
      long[] extents = tensor.shape().toArray();
      long[] strides = new long[extents.length];
      long stride = 1;
      for (int d = extents.length - 1; d >= 0; d--) {
        strides[d] = stride;
        stride *= extents[d];
      }
      String type =
          switch (tensor.dtype()) {
            case FLOAT32 -> "FloatStorage";
            case FLOAT16 -> "HalfStorage";
            case INT64 -> "LongStorage";
            default -> throw new IllegalArgumentException(tensor.toString());
          };
      pickle.text(tensor.name()).global("torch._utils", "_rebuild_tensor_v2").code("(");
      pickle.storage(type, key, tensor.shape().elements()).whole(0);
      pickle.tuple(extents).tuple(strides).code(0x89).code("}tR");
      entries.put("archive/data/" + key, tensor.data().toArray(ValueLayout.JAVA_BYTE));
    }
    entries.put("archive/data.pkl", pickle.code("u").end());
    return zip(entries, false);
  }

  static byte[] zip(Map<String, byte[]> entries, boolean deflated) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        entry.setTime(0);
        if (!deflated) {
          CRC32 sum = new CRC32();
          sum.update(content.getValue());
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(content.getValue().length);
          entry.setCrc(sum.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }
}
