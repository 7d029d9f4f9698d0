package io.songe.format.gguf;

/** Turns one block of a quantised tensor into numbers. */
@FunctionalInterface
interface BlockDecoder {
  /**
   * Decodes one block.
   *
   * @param blocks holds it
   * @param from its first byte there
   * @param numbers gets its elements
   * @param to the place of the first
   */
  void decode(byte[] blocks, int from, float[] numbers, int to);

  /** {@return the half-precision number at a place, its low byte first} */
  static float half(byte[] bytes, int at) {
    return Float.float16ToFloat((short) ((bytes[at] & 0xFF) | (bytes[at + 1] << 8)));
  }
}
