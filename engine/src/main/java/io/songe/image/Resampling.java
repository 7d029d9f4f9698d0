package io.songe.image;

/** How a resized picture's pixels are made of the old ones. */
public enum Resampling {
  /** The old pixel whose area holds the new one's centre: hard edges, no new colours. */
  NEAREST(0),
  /** Weights that fall linearly with distance: smooth, never beyond the old range. */
  BILINEAR(1),
  /** Keys 1981, equation 4, with a = -1/2: sharper than BILINEAR, and rings less than LANCZOS3. */
  BICUBIC(2),
  /**
   * The sinc function windowed by its own central lobe over three pixels to each side: the
   * sharpest; may ring a little beside hard edges.
   */
  LANCZOS3(3);

  private final double support;

  Resampling(double support) {
    this.support = support;
  }

  /** The distance, in pixels of the coarser grid, beyond which weights are 0. */
  double support() {
    return support;
  }

  /** The weight of an old pixel at a distance from the new one's centre. */
  double weight(double distance) {
    return switch (this) {
      case NEAREST -> 1;
      case BILINEAR -> Math.max(0, 1 - Math.abs(distance));
      case BICUBIC -> cubic(Math.abs(distance));
      case LANCZOS3 -> Math.abs(distance) < 3 ? sinc(distance) * sinc(distance / 3) : 0;
    };
  }

  private static double cubic(double x) {
    if (x >= 2) {
      return 0;
    }
    return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : StrictMath.sin(Math.PI * x) / (Math.PI * x);
  }
}
