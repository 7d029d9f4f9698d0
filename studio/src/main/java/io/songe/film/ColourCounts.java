package io.songe.film;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often which colours occur, and which few stand best for all: boxes of colours are cut in two
 * at the median of their longest side until there are enough. Heckbert 1982.
 */
final class ColourCounts {
  private final int bits;
  private final long[] counts;
  private final long[][] sums;

  /**
   * Counts nothing yet.
   *
   * @param bits of each channel that tell colours apart; what is within is averaged
   */
  ColourCounts(int bits) {
    this.bits = bits;
    this.counts = new long[1 << (3 * bits)];
    this.sums = new long[3][counts.length];
  }

  /** {@return the number of a colour} */
  static int cell(int red, int green, int blue, int bits) {
    int drop = 8 - bits;
    return ((red >> drop) << (2 * bits)) | ((green >> drop) << bits) | (blue >> drop);
  }

  /**
   * Counts the pixels of a picture.
   *
   * @param rgba four bytes for each pixel
   * @param leastAlpha of those that count
   */
  void add(byte[] rgba, int leastAlpha) {
    for (int i = 0; i < rgba.length; i += 4) {
      if ((rgba[i + 3] & 0xff) >= leastAlpha) {
        int red = rgba[i] & 0xff;
        int green = rgba[i + 1] & 0xff;
        int blue = rgba[i + 2] & 0xff;
        int cell = cell(red, green, blue, bits);
        counts[cell]++;
        sums[0][cell] += red;
        sums[1][cell] += green;
        sums[2][cell] += blue;
      }
    }
  }

  /** {@return at most so many colours, as {@code 0xrrggbb}; at least one} */
  int[] cut(int most) {
    int[] all = IntStream.range(0, counts.length).filter(i -> counts[i] > 0).toArray();
    if (all.length == 0) {
      return new int[] {0};
    }
    List<int[]> boxes = new ArrayList<>(List.of(all));
    while (boxes.size() < most) {
      int[] widest =
          boxes.stream()
              .filter(box -> box.length > 1)
              .max(Comparator.comparingDouble(this::importance))
              .orElse(new int[0]);
      if (widest.length == 0) {
        break;
      }
      boxes.remove(widest);
      boxes.addAll(halves(widest));
    }
    return boxes.stream().mapToInt(this::mean).toArray();
  }

  private double importance(int[] box) {
    long pixels = Arrays.stream(box).mapToLong(cell -> counts[cell]).sum();
    return side(box, longest(box)) * Math.cbrt((double) pixels);
  }

  private int longest(int[] box) {
    return IntStream.range(0, 3)
        .boxed()
        .max(Comparator.comparingInt(channel -> side(box, channel)))
        .orElseThrow();
  }

  private int side(int[] box, int channel) {
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int cell : box) {
      least = Math.min(least, value(cell, channel));
      most = Math.max(most, value(cell, channel));
    }
    return most - least;
  }

  private int value(int cell, int channel) {
    return (cell >> ((2 - channel) * bits)) & ((1 << bits) - 1);
  }

  private List<int[]> halves(int[] box) {
    int channel = longest(box);
    int[] sorted =
        Arrays.stream(box)
            .boxed()
            .sorted(Comparator.comparingInt(cell -> value(cell, channel)))
            .mapToInt(Integer::intValue)
            .toArray();
    long half = Arrays.stream(box).mapToLong(cell -> counts[cell]).sum() / 2;
    int at = 0;
    for (long seen = 0; at < sorted.length - 1 && seen + counts[sorted[at]] <= half; at++) {
      seen += counts[sorted[at]];
    }
    int end = Math.max(1, at);
    return List.of(Arrays.copyOf(sorted, end), Arrays.copyOfRange(sorted, end, sorted.length));
  }

  private int mean(int[] box) {
    long pixels = Arrays.stream(box).mapToLong(cell -> counts[cell]).sum();
    int rgb = 0;
    for (long[] sum : sums) {
      rgb = (rgb << 8) | (int) (Arrays.stream(box).mapToLong(cell -> sum[cell]).sum() / pixels);
    }
    return rgb;
  }
}
