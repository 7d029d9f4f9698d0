package io.songe.format.gguf;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.tensor.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What stands before the tensors: values by key, of thirteen types. Texts and numbers are kept as
 * text; lists, such as a tokenizer's words, are passed over, but for the shapes that a writer had
 * to change.
 */
final class GgufMetadata {
  /** Longest by far are the keys of original shapes, which contain a tensor's name. */
  private static final int LONGEST_KEY = 4096;

  private static final int LONGEST_TEXT = 16 << 20;
  private static final int DEEPEST = 4;
  private static final int HIGHEST_RANK = 8;
  private static final int DEFAULT_ALIGNMENT = 32;
  private static final int LARGEST_ALIGNMENT = 1 << 16;

  /**
   * Before the name of a tensor that was flattened to fill its blocks, as ComfyUI's writer does.
   */
  private static final String ORIGINAL_SHAPE = "comfy.gguf.orig_shape.";

  private static final int UINT8 = 0;
  private static final int INT8 = 1;
  private static final int UINT16 = 2;
  private static final int INT16 = 3;
  private static final int UINT32 = 4;
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int UINT64 = 10;
  private static final int INT64 = 11;
  private static final int FLOAT64 = 12;

  private final GgufInput in;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private int alignment = DEFAULT_ALIGNMENT;
  private long characters;

  private GgufMetadata(GgufInput in) {
    this.in = in;
  }

  static GgufMetadata read(GgufInput in, int count) {
    GgufMetadata metadata = new GgufMetadata(in);
    for (int i = 0; i < count; i++) {
      metadata.entry();
    }
    return metadata;
  }

  /** {@return texts and numbers by key} */
  Map<String, String> texts() {
    return texts;
  }

  /** {@return every tensor's data begin at a multiple of it} */
  int alignment() {
    return alignment;
  }

  /** {@return the shape that a tensor had before it was flattened} */
  Optional<Shape> originalShape(String tensor) {
    return Optional.ofNullable(shapes.get(tensor));
  }

  private void entry() {
    String key = in.text("key", LONGEST_KEY);
    int type = in.integer();
    if (key.equals("general.alignment")) {
      alignment = alignment(type);
    }
    if (type == ARRAY) {
      array(key);
      return;
    }
    String value = scalar(key, type);
    characters += key.length() + value.length();
    if (characters > LONGEST_TEXT) {
      throw in.damaged("has more than %d characters of metadata".formatted(LONGEST_TEXT));
    }
    if (texts.put(key, value) != null) {
      throw in.damaged("has metadata %s twice".formatted(FileLabel.quote(key)));
    }
  }

  private int alignment(int type) {
    if (type != UINT32) {
      throw in.damaged("has an alignment that is no whole number of 32 bits");
    }
    int value = in.peekInteger();
    if (value < 1 || value > LARGEST_ALIGNMENT || Integer.bitCount(value) != 1) {
      throw in.damaged(
          "has an alignment of %s, expected a power of two up to %d"
              .formatted(Integer.toUnsignedString(value), LARGEST_ALIGNMENT));
    }
    return value;
  }

  private String scalar(String key, int type) {
    return switch (type) {
      case UINT8 -> Integer.toString(Byte.toUnsignedInt(in.octet()));
      case INT8 -> Integer.toString(in.octet());
      case UINT16 -> Integer.toString(Short.toUnsignedInt(in.shortInteger()));
      case INT16 -> Integer.toString(in.shortInteger());
      case UINT32 -> Integer.toUnsignedString(in.integer());
      case INT32 -> Integer.toString(in.integer());
      case FLOAT32 -> Float.toString(Float.intBitsToFloat(in.integer()));
      case BOOL -> Boolean.toString(in.octet() != 0);
      case STRING -> in.text("metadata text", LONGEST_TEXT);
      case UINT64 -> Long.toUnsignedString(in.longInteger());
      case INT64 -> Long.toString(in.longInteger());
      case FLOAT64 -> Double.toString(Double.longBitsToDouble(in.longInteger()));
      default -> throw unknown(key, type);
    };
  }

  private void array(String key) {
    int type = in.integer();
    if (type == INT32 && key.startsWith(ORIGINAL_SHAPE)) {
      long[] extents = new long[in.count("dimensions", HIGHEST_RANK)];
      for (int i = 0; i < extents.length; i++) {
        extents[i] = in.integer();
      }
      shapes.put(key.substring(ORIGINAL_SHAPE.length()), GgufHeader.shape(key, extents, in));
      return;
    }
    skipArray(key, type, 1);
  }

  private void skipArray(String key, int type, int depth) {
    if (depth > DEEPEST) {
      throw in.damaged("has lists in lists in metadata " + FileLabel.quote(key));
    }
    long count = in.longInteger();
    int width = width(key, type);
    if (width > 0) {
      // A division, since the product may overflow.
      in.skip(count < 0 || count > Long.MAX_VALUE / width ? Long.MAX_VALUE : count * width);
      return;
    }
    // Each element takes at least eight bytes, so this ends with the file.
    for (long i = 0; i < count; i++) {
      if (type == ARRAY) {
        skipArray(key, in.integer(), depth + 1);
      } else {
        in.skip(in.longInteger());
      }
    }
    if (count < 0) {
      throw in.damaged("has a list of negative length in metadata " + FileLabel.quote(key));
    }
  }

  /** {@return bytes of a value, 0 where they differ} */
  private int width(String key, int type) {
    return switch (type) {
      case UINT8, INT8, BOOL -> 1;
      case UINT16, INT16 -> 2;
      case UINT32, INT32, FLOAT32 -> 4;
      case UINT64, INT64, FLOAT64 -> 8;
      case STRING, ARRAY -> 0;
      default -> throw unknown(key, type);
    };
  }

  private BrokenFileException unknown(String key, int type) {
    return in.damaged(
        "has metadata %s of the unknown type %s"
            .formatted(FileLabel.quote(key), Integer.toUnsignedString(type)));
  }
}
