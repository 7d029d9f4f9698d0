package io.songe.cli.terminal;

import io.songe.image.Colour;
import io.songe.image.Image;
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
  private final List<Colour> colours;
  private final Map<Integer, Integer> indices;

  private Palette(List<Colour> colours, Map<Integer, Integer> indices) {
    this.colours = colours;
    this.indices = indices;
  }

  /** At most a number of colours for the visible pixels of a picture. */
  static Palette of(Image picture, int most) {
    PriorityQueue<Box> boxes =
        new PriorityQueue<>(Comparator.comparingLong(Box::urgency).reversed());
    int[] pixels = visiblePixels(picture);
    if (pixels.length > 0) {
      boxes.add(new Box(pixels));
    }
    while (!boxes.isEmpty() && boxes.size() < most && boxes.element().extent > 0) {
      boxes.addAll(boxes.remove().halves());
    }
    List<Colour> colours = new ArrayList<>();
    Map<Integer, Integer> indices = new HashMap<>();
    for (Box box : boxes) {
      Arrays.stream(box.pixels).distinct().forEach(rgb -> indices.put(rgb, colours.size()));
      colours.add(box.mean());
    }
    return new Palette(List.copyOf(colours), indices);
  }

  private static int[] visiblePixels(Image picture) {
    return IntStream.range(0, picture.width() * picture.height())
        .mapToObj(i -> picture.at(i % picture.width(), i / picture.width()))
        .filter(Palette::visible)
        .mapToInt(Palette::rgb)
        .toArray();
  }

  int size() {
    return colours.size();
  }

  Colour colour(int index) {
    return colours.get(index);
  }

  /** The index for a colour of the picture, or -1 where it is more transparent than not. */
  int index(Colour colour) {
    return visible(colour) ? indices.getOrDefault(rgb(colour), -1) : -1;
  }

  private static boolean visible(Colour colour) {
    return colour.alpha() >= 128;
  }

  private static int rgb(Colour colour) {
    return colour.red() << 16 | colour.green() << 8 | colour.blue();
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

    Colour mean() {
      return Colour.opaque(mean(16), mean(8), mean(0));
    }

    private int mean(int shift) {
      return Math.toIntExact(Math.round(channel(pixels, shift).average().orElseThrow()));
    }
  }
}
