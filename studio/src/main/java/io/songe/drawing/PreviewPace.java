package io.songe.drawing;

import io.songe.image.Image;
import io.songe.image.Resampling;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides which steps are worth a preview: the first, and then as many as fit beside the drawing.
 * Used by one thread.
 */
final class PreviewPace {
  private static final long LEAST_APART = Duration.ofMillis(250).toNanos();

  /** Previews take at most this share of the time, the first apart. */
  private static final int SHARE = 5;

  private static final int LARGEST_SIDE = 512;

  private final LongSupplier clock;
  private long next;

  /**
   * A pace.
   *
   * @param clock nanoseconds from any moment on
   */
  PreviewPace(LongSupplier clock) {
    this.clock = clock;
    this.next = clock.getAsLong();
  }

  /** {@return a preview of at most 512 pixels a side, if it is time for one} */
  Optional<Image> preview(Supplier<Image> decode) {
    long begin = clock.getAsLong();
    if (begin - next < 0) {
      return Optional.empty();
    }
    Image small = small(decode.get());
    long end = clock.getAsLong();
    next = end + Math.max(LEAST_APART, (SHARE - 1) * (end - begin));
    return Optional.of(small);
  }

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
