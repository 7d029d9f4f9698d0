package io.songe.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The forms of files with weights, told apart by how they begin. */
enum WeightsKind {
  /** A length, then JSON. */
  SAFETENSORS,
  /** A zip archive, as PyTorch writes it. */
  ZIP,
  /** A pickle, as PyTorch wrote it before. */
  PICKLE,
  /** The letters GGUF. */
  GGUF,
  /** Anything else. */
  OTHER;

  private static final int LONGEST_START = 256;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** {@return what the file begins as; whether it goes on so is for a reader to see} */
  static WeightsKind of(MemorySegment file) {
    String start = start(file);
    if (start.startsWith("GGUF")) {
      return GGUF;
    }
    if (start.startsWith("PK\3\4")) {
      return ZIP;
    }
    if (isSafetensors(file, start)) {
      return SAFETENSORS;
    }
    // Protocol 2 and later; or the name of a function, with which most hostile pickles begin.
    return start.matches("(?s)\u0080[\2-\5].*|c[\\w.]{1,100}\n[\\w.]{1,100}\n.*") ? PICKLE : OTHER;
  }

  /** A text that begins with a brace nine bytes on has no length before it that could be one. */
  private static boolean isSafetensors(MemorySegment file, String start) {
    if (start.length() <= SafetensorsHeader.LENGTH_BYTES) {
      return false;
    }
    long length = file.get(LONG, 0);
    return start.charAt(SafetensorsHeader.LENGTH_BYTES) == '{'
        && length >= 0
        && length <= SafetensorsHeader.LONGEST;
  }

  /** {@return the first bytes, each as the letter of its number} */
  static String start(MemorySegment file) {
    byte[] bytes =
        file.asSlice(0, Math.min(LONGEST_START, file.byteSize())).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
