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
 * A few colours that stand for all of a picture's: median cut, Heckbert 1982, section 4. The boxes
 * of colours are halved at their median pixel until there are enough, first the one whose longest
 * side times its pixels is largest, and each is replaced by its mean. A picture with few enough
 * colours keeps them.
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
        new PriorityQueue<>(Comparator.comparingLong(Box::urgency).reversed());
    int[] pixels = visiblePixels(picture);
    if (pixels.length > 0) {
      boxes.add(new Box(pixels));
    }
    while (!boxes.isEmpty() && boxes.size() < most && boxes.element().extent > 0) {
      boxes.addAll(boxes.remove().halves());
    }
    List<Integer> colors = new ArrayList<>();
    Map<Integer, Integer> indices = new HashMap<>();
    for (Box box : boxes) {
      Arrays.stream(box.pixels).distinct().forEach(rgb -> indices.put(rgb, colors.size()));
      colors.add(box.mean());
    }
    return new Palette(List.copyOf(colors), indices);
  }

  private static int[] visiblePixels(Pixels picture) {
    return IntStream.range(0, picture.width() * picture.height())
        .map(i -> picture.argb(i % picture.width(), i / picture.width()))
        .filter(Pixels::visible)
        .map(argb -> argb & 0xFFFFFF)
        .toArray();
  }

  int size() {
    return colors.size();
  }

  int rgb(int index) {
    return colors.get(index);
  }

  /** The index of a colour of the picture, or -1 where it is more transparent than not. */
  int index(int argb) {
    return Pixels.visible(argb) ? indices.getOrDefault(argb & 0xFFFFFF, -1) : -1;
  }

  /** Pixels, at least one, and how far they reach in the channel in which they differ most. */
  private static final class Box {
    final int[] pixels;
    final int shift;
    final int extent;

    Box(int[] pixels) {
      int widest = 0;
      int most = -1;
      for (int shift = 0; shift <= 16; shift += 8) {
        IntSummaryStatistics range = channel(pixels, shift).summaryStatistics();
        if (range.getMax() - range.getMin() > most) {
          most = range.getMax() - range.getMin();
          widest = shift;
        }
      }
      this.pixels = pixels;
      this.shift = widest;
      this.extent = most;
    }

    private static IntStream channel(int[] pixels, int shift) {
      return Arrays.stream(pixels).map(rgb -> level(rgb, shift));
    }

    private static int level(int rgb, int shift) {
      return rgb >> shift & 255;
    }

    long urgency() {
      return (long) extent * pixels.length;
    }

    /** Two boxes, neither empty and none with a level of the other. */
    List<Box> halves() {
      int cut = medianAboveLowest();
      return List.of(
          new Box(Arrays.stream(pixels).filter(rgb -> level(rgb, shift) < cut).toArray()),
          new Box(Arrays.stream(pixels).filter(rgb -> level(rgb, shift) >= cut).toArray()));
    }

    private int medianAboveLowest() {
      int[] levels = channel(pixels, shift).sorted().toArray();
      return Math.max(levels[levels.length / 2], levels[0] + 1);
    }

    int mean() {
      return mean(16) << 16 | mean(8) << 8 | mean(0);
    }

    private int mean(int shift) {
      return Math.toIntExact(Math.round(channel(pixels, shift).average().orElseThrow()));
    }
  }
}
