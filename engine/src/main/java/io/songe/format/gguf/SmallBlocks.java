package io.songe.format.gguf;

import static io.songe.format.gguf.BlockDecoder.half;

/**
 * Blocks of 32 elements. Where an element has four low bits, those of the first sixteen are the low
 * halves of the bytes, and those of the last sixteen the high halves.
 */
final class SmallBlocks {
  private static final int HALF = 16;

  private SmallBlocks() {}

  /** A scale, then 32 times 4 bits, less 8. */
  static void q40(byte[] in, int from, float[] out, int to) {
    float scale = half(in, from);
    int bits = from + 2;
    for (int i = 0; i < HALF; i++) {
      out[to + i] = ((in[bits + i] & 0xF) - 8) * scale;
      out[to + HALF + i] = (((in[bits + i] >> 4) & 0xF) - 8) * scale;
    }
  }

  /** A scale, a minimum, then 32 times 4 bits. */
  static void q41(byte[] in, int from, float[] out, int to) {
    float scale = half(in, from);
    float minimum = half(in, from + 2);
    int bits = from + 4;
    for (int i = 0; i < HALF; i++) {
      out[to + i] = (in[bits + i] & 0xF) * scale + minimum;
      out[to + HALF + i] = ((in[bits + i] >> 4) & 0xF) * scale + minimum;
    }
  }

  /** A scale, 32 highest bits, then 32 times 4 bits; less 16. */
  static void q50(byte[] in, int from, float[] out, int to) {
    float scale = half(in, from);
    int high = integer(in, from + 2);
    int bits = from + 6;
    for (int i = 0; i < HALF; i++) {
      out[to + i] = (element(in[bits + i], high >>> i) - 16) * scale;
      out[to + HALF + i] = (element(in[bits + i] >> 4, high >>> (HALF + i)) - 16) * scale;
    }
  }

  /** A scale, a minimum, 32 highest bits, then 32 times 4 bits. */
  static void q51(byte[] in, int from, float[] out, int to) {
    float scale = half(in, from);
    float minimum = half(in, from + 2);
    int high = integer(in, from + 4);
    int bits = from + 8;
    for (int i = 0; i < HALF; i++) {
      out[to + i] = element(in[bits + i], high >>> i) * scale + minimum;
      out[to + HALF + i] = element(in[bits + i] >> 4, high >>> (HALF + i)) * scale + minimum;
    }
  }

  /** A scale, then 32 signed bytes. */
  static void q80(byte[] in, int from, float[] out, int to) {
    float scale = half(in, from);
    for (int i = 0; i < 2 * HALF; i++) {
      out[to + i] = in[from + 2 + i] * scale;
    }
  }

  /** {@return four low bits and a fifth} */
  private static int element(int low, int high) {
    return (low & 0xF) | ((high & 1) << 4);
  }

  private static int integer(byte[] in, int at) {
    return (in[at] & 0xFF)
        | ((in[at + 1] & 0xFF) << 8)
        | ((in[at + 2] & 0xFF) << 16)
        | (in[at + 3] << 24);
  }
}
