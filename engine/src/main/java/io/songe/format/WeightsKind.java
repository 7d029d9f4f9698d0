package io.songe.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

  private static final int LONGEST_START = 512;

  /** {@return what the file begins as; whether it goes on so is for a reader to see} */
  static WeightsKind of(MemorySegment file) {
    String start = start(file);
    if (start.startsWith("GGUF")) {
      return GGUF;
    }
    if (start.startsWith("PK\3\4")) {
      return ZIP;
    }
    if (isSafetensors(start)) {
      return SAFETENSORS;
    }
    // Protocol 2 and later; or the name of a function, with which most hostile pickles begin.
    return start.matches("(?s)\u0080[\2-\5].*|c[\\w.]{1,100}\n[\\w.]{1,100}\n.*") ? PICKLE : OTHER;
  }

  /** Text, too, can have a brace there; but as a length, eight letters are more than any file. */
  private static boolean isSafetensors(String start) {
    int length = SafetensorsHeader.LENGTH_BYTES;
    return start.length() > length
        && start.charAt(length) == '{'
        && !start.substring(0, length).matches("[\\t\\n\\r -~]*");
  }

  /** {@return the first bytes, each as the letter of its number} */
  static String start(MemorySegment file) {
    byte[] bytes =
        file.asSlice(0, Math.min(LONGEST_START, file.byteSize())).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
