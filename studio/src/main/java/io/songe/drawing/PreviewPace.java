package io.songe.drawing;

import io.songe.image.Image;
import io.songe.image.Resampling;
import io.songe.pipeline.Preview;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides which steps are worth a preview, and how large it is decoded: as large as takes little
 * time beside a step. The first step of a picture always has one. Used by one thread.
 */
final class PreviewPace {
  /** The longer side of previews has at most so many pixels. */
  static final int LARGEST_SIDE = 512;

  private static final long LEAST_APART = Duration.ofMillis(250).toNanos();

  /** So short that nobody waits for it. */
  private static final double ALWAYS_WELL = Duration.ofMillis(40).toNanos();

  /** Previews take at most this part of the time, the first one apart. */
  private static final int SHARE = 5;

  /** Previews are no smaller than that for want of time: they come more rarely instead. */
  private static final int SMALLEST_SIDE = 128;

  /**
   * How many times smaller a preview is whose cost is not known yet: first steps have no detail.
   */
  static final int USUAL = 4;

  private final LongSupplier clock;
  private long next;
  private long stepBegan;
  private int coarsest = 1;
  private double costOfWhole = Double.NaN;

  /**
   * A pace.
   *
   * @param clock nanoseconds from any moment on
   */
  PreviewPace(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Begins another picture, whose first step is to be seen.
   *
   * @param longerSide of the picture, in pixels
   */
  void begin(int longerSide) {
    coarsest = Math.max(1, longerSide / SMALLEST_SIDE);
    stepBegan = clock.getAsLong();
    next = stepBegan;
  }

  /** {@return a preview of at most 512 pixels a side, if it is time for one} */
  Optional<Image> preview(Preview preview) {
    long now = clock.getAsLong();
    long step = now - stepBegan;
    if (now - next < 0) {
      stepBegan = now;
      return Optional.empty();
    }
    int times = times(step);
    Image image = small(preview.smaller(times));
    long end = clock.getAsLong();
    costOfWhole = (double) (end - now) * times * times;
    next = Math.max(now + LEAST_APART, end + (SHARE - 1) * (end - now));
    stepBegan = end;
    return Optional.of(image);
  }

  /** How many times smaller than the picture, by what a preview cost before. */
  private int times(long step) {
    if (Double.isNaN(costOfWhole)) {
      return USUAL;
    }
    double allowed = Math.max(ALWAYS_WELL, step / (double) SHARE);
    int times = 1;
    while (2 * times <= coarsest && costOfWhole / ((double) times * times) > allowed) {
      times *= 2;
    }
    return times;
  }

  /** {@return a picture, made smaller if it has more pixels a side than a preview} */
  static Image small(Image image) {
    int longer = Math.max(image.width(), image.height());
    if (longer <= LARGEST_SIDE) {
      return image;
    }
    double scale = (double) LARGEST_SIDE / longer;
    return image.resize(
        Math.max(1, (int) Math.round(scale * image.width())),
        Math.max(1, (int) Math.round(scale * image.height())),
        Resampling.BILINEAR);
  }
}
