package io.songe.format.gguf;

import static io.songe.format.gguf.BlockDecoder.half;

/**
 * Blocks of 256 elements, the "K" types: the block has one or two half-precision scales, and small
 * integers scale these again for each group of 16 or 32 elements.
 */
final class LargeBlocks {
  private static final int GROUP = 32;

  private LargeBlocks() {}

  /**
   * 16 bytes of scales (low half) and minima (high half), 64 bytes of elements, the scale of
   * scales, the scale of minima. A byte of elements holds those of four groups of 32.
   */
  static void q2k(byte[] in, int from, float[] out, int to) {
    int bits = from + 16;
    float scaleOfScales = half(in, from + 80);
    float scaleOfMinima = half(in, from + 82);
    for (int group = 0; group < 8; group++) {
      int shift = 2 * (group % 4);
      int source = bits + GROUP * (group / 4);
      for (int part = 0; part < 2; part++) {
        int scales = in[from + 2 * group + part];
        float scale = scaleOfScales * (scales & 0xF);
        float minimum = scaleOfMinima * ((scales >> 4) & 0xF);
        for (int i = 16 * part; i < 16 * part + 16; i++) {
          out[to + GROUP * group + i] = scale * ((in[source + i] >> shift) & 3) - minimum;
        }
      }
    }
  }

  /**
   * 32 bytes of highest bits (of group g in bit g), 64 bytes of elements as in Q2_K, 12 bytes of
   * sixteen scales of 6 bits, the scale of scales. Elements are less 4, scales less 32.
   */
  static void q3k(byte[] in, int from, float[] out, int to) {
    int bits = from + 32;
    int scales = from + 96;
    float scaleOfScales = half(in, from + 108);
    for (int group = 0; group < 8; group++) {
      int shift = 2 * (group % 4);
      int source = bits + GROUP * (group / 4);
      for (int part = 0; part < 2; part++) {
        int index = 2 * group + part;
        // Four low bits in the first eight bytes, two high bits in the last four.
        int low = (in[scales + index % 8] >> (4 * (index / 8))) & 0xF;
        int high = (in[scales + 8 + index % 4] >> (2 * (index / 4))) & 3;
        float scale = scaleOfScales * ((low | (high << 4)) - 32);
        for (int i = 16 * part; i < 16 * part + 16; i++) {
          int missing = ((in[from + i] >> group) & 1) == 0 ? 4 : 0;
          out[to + GROUP * group + i] = scale * (((in[source + i] >> shift) & 3) - missing);
        }
      }
    }
  }

  /**
   * The scale of scales, the scale of minima, 12 bytes of eight scales and eight minima of 6 bits,
   * 128 bytes of elements: in the low halves of each 32 a group, in the high halves the next.
   */
  static void q4k(byte[] in, int from, float[] out, int to) {
    int bits = from + 16;
    float scaleOfScales = half(in, from);
    float scaleOfMinima = half(in, from + 2);
    for (int group = 0; group < 8; group++) {
      float scale = scaleOfScales * scale(in, from + 4, group);
      float minimum = scaleOfMinima * minimum(in, from + 4, group);
      int shift = 4 * (group % 2);
      int source = bits + GROUP * (group / 2);
      for (int i = 0; i < GROUP; i++) {
        out[to + GROUP * group + i] = scale * ((in[source + i] >> shift) & 0xF) - minimum;
      }
    }
  }

  /** As Q4_K, with 32 bytes of highest bits (of group g in bit g) before the elements. */
  static void q5k(byte[] in, int from, float[] out, int to) {
    int highest = from + 16;
    int bits = from + 48;
    float scaleOfScales = half(in, from);
    float scaleOfMinima = half(in, from + 2);
    for (int group = 0; group < 8; group++) {
      float scale = scaleOfScales * scale(in, from + 4, group);
      float minimum = scaleOfMinima * minimum(in, from + 4, group);
      int shift = 4 * (group % 2);
      int source = bits + GROUP * (group / 2);
      for (int i = 0; i < GROUP; i++) {
        int element = ((in[source + i] >> shift) & 0xF) | (((in[highest + i] >> group) & 1) << 4);
        out[to + GROUP * group + i] = scale * element - minimum;
      }
    }
  }

  /**
   * 128 bytes of low halves, 64 bytes of two high bits, 16 signed scales, the scale of scales.
   * Elements are less 32.
   */
  static void q6k(byte[] in, int from, float[] out, int to) {
    int scales = from + 192;
    float scaleOfScales = half(in, from + 208);
    for (int group = 0; group < 8; group++) {
      // Each half of the block has 64 bytes of low and 32 of high bits, for four groups.
      int low = from + 64 * (group / 4) + GROUP * (group % 2);
      int lowShift = 4 * (group % 4 / 2);
      int high = from + 128 + GROUP * (group / 4);
      int highShift = 2 * (group % 4);
      for (int part = 0; part < 2; part++) {
        float scale = scaleOfScales * in[scales + 2 * group + part];
        for (int i = 16 * part; i < 16 * part + 16; i++) {
          int element =
              ((in[low + i] >> lowShift) & 0xF) | (((in[high + i] >> highShift) & 3) << 4);
          out[to + GROUP * group + i] = scale * (element - 32);
        }
      }
    }
  }

  /** The first four of eight scales have a byte each; the others are put together from two. */
  private static int scale(byte[] in, int packed, int group) {
    return group < 4
        ? in[packed + group] & 0x3F
        : (in[packed + 4 + group] & 0xF) | (((in[packed + group - 4] >> 6) & 3) << 4);
  }

  private static int minimum(byte[] in, int packed, int group) {
    return group < 4
        ? in[packed + 4 + group] & 0x3F
        : ((in[packed + 4 + group] >> 4) & 0xF) | (((in[packed + group] >> 6) & 3) << 4);
  }
}
