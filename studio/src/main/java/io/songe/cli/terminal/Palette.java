package io.songe.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * A few colours that stand for all of a picture's: median cut, Heckbert 1982. The box of colours
 * with the longest side is halved at its median until there are enough boxes, and each box is
 * replaced by its mean. A picture with few enough colours keeps them.
 */
final class Palette {
  private final List<Integer> colors;
  private final Map<Integer, Integer> indices;

  private Palette(List<Integer> colors, Map<Integer, Integer> indices) {
    this.colors = colors;
    this.indices = indices;
  }

  /** At most a number of colours for the visible pixels of a picture. */
  static Palette of(Pixels picture, int most) {
    PriorityQueue<Box> boxes =
        new PriorityQueue<>(Comparator.comparingInt((Box box) -> box.extent).reversed());
    int[] all = distinct(picture);
    if (all.length > 0) {
      boxes.add(new Box(all));
    }
    while (!boxes.isEmpty() && boxes.size() < most && boxes.element().extent > 0) {
      Box largest = boxes.remove();
      boxes.addAll(largest.halves());
    }
    List<Integer> colors = new ArrayList<>();
    Map<Integer, Integer> indices = new HashMap<>();
    for (Box box : boxes) {
      for (int rgb : box.colors) {
        indices.put(rgb, colors.size());
      }
      colors.add(box.mean());
    }
    return new Palette(List.copyOf(colors), indices);
  }

  private static int[] distinct(Pixels picture) {
    int[] visible = new int[picture.width() * picture.height()];
    int count = 0;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        if (visible(picture.argb(x, y))) {
          visible[count++] = picture.argb(x, y) & 0xFFFFFF;
        }
      }
    }
    return Arrays.stream(visible, 0, count).distinct().sorted().toArray();
  }

  private static boolean visible(int argb) {
    return argb >>> 24 >= 128;
  }

  int size() {
    return colors.size();
  }

  int rgb(int index) {
    return colors.get(index);
  }

  /** The index of a colour of the picture, or -1 where it is more transparent than not. */
  int index(int argb) {
    return visible(argb) ? indices.getOrDefault(argb & 0xFFFFFF, -1) : -1;
  }

  /** Distinct colours, and how far they reach in the channel in which they differ most. */
  private static final class Box {
    final int[] colors;
    final int shift;
    final int extent;

    Box(int[] colors) {
      int widest = 0;
      int most = -1;
      for (int channel = 0; channel <= 16; channel += 8) {
        IntSummaryStatistics range = channel(colors, channel).summaryStatistics();
        if (range.getMax() - range.getMin() > most) {
          most = range.getMax() - range.getMin();
          widest = channel;
        }
      }
      this.colors = colors;
      this.shift = widest;
      this.extent = most;
    }

    private static IntStream channel(int[] colors, int shift) {
      return Arrays.stream(colors).map(rgb -> rgb >> shift & 255);
    }

    List<Box> halves() {
      int[] sorted =
          Arrays.stream(colors)
              .mapToLong(rgb -> (long) (rgb >> shift & 255) << 24 | rgb)
              .sorted()
              .mapToInt(key -> (int) key & 0xFFFFFF)
              .toArray();
      int middle = sorted.length / 2;
      return List.of(
          new Box(Arrays.copyOf(sorted, middle)),
          new Box(Arrays.copyOfRange(sorted, middle, sorted.length)));
    }

    int mean() {
      return mean(16) << 16 | mean(8) << 8 | mean(0);
    }

    private int mean(int shift) {
      return Math.toIntExact(Math.round(channel(colors, shift).average().orElseThrow()));
    }
  }
}
