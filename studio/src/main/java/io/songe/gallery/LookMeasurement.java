package io.songe.gallery;

import io.songe.image.Image;
import io.songe.image.Resampling;

/**
 * Measures what a picture looks like: where which colours lie (4x4 fields), which colours there are
 * at all, and which way the edges run (2x2 fields). Only what is not transparent counts. After the
 * colour layout and edge histogram descriptors of MPEG-7 (Manjunath et al. 2001), with other
 * numbers of fields and bins.
 */
final class LookMeasurement {
  private static final int SIDE = 64;
  private static final int FIELDS = 4;
  private static final int LAYOUT = FIELDS * FIELDS * 4;
  private static final int HUES = 12;
  private static final int GREYS = 8;
  private static final int COLOURS = 2 * HUES + GREYS;
  private static final int QUARTERS = 2;
  private static final int DIRECTIONS = 8;

  /** Less chroma than this, of 255, and it is a grey. */
  private static final int LEAST_CHROMA = 24;

  private static final double SHARE_OF_LAYOUT = 0.4;
  private static final double SHARE_OF_COLOURS = 0.35;
  private static final double SHARE_OF_EDGES = 0.25;

  private final byte[] rgba;
  private final float[] numbers = new float[Look.SIZE];

  private LookMeasurement(Image image) {
    this.rgba = image.resize(SIDE, SIDE, Resampling.BILINEAR).rgba();
  }

  /** {@return a picture's look: a vector of length 1, in 127ths} */
  static Look of(Image image) {
    var measurement = new LookMeasurement(image);
    measurement.addLayout();
    measurement.addColours();
    measurement.addEdges();
    return measurement.quantised();
  }

  private int channel(int x, int y, int which) {
    return rgba[4 * (y * SIDE + x) + which] & 0xff;
  }

  /** Lightness, two opposite colours and coverage of each field. */
  private void addLayout() {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int field = 4 * (y * FIELDS / SIDE * FIELDS + x * FIELDS / SIDE);
        float coverage = channel(x, y, 3) / 255f;
        int red = channel(x, y, 0);
        int green = channel(x, y, 1);
        int blue = channel(x, y, 2);
        numbers[field] += coverage * (lightness(x, y) - 128);
        numbers[field + 1] += coverage * (red - green);
        numbers[field + 2] += coverage * (0.5f * (red + green) - blue);
        numbers[field + 3] += 128 * (coverage - 0.5f);
      }
    }
    scale(0, LAYOUT, SHARE_OF_LAYOUT);
  }

  private void addColours() {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        numbers[LAYOUT + colour(x, y)] += channel(x, y, 3);
      }
    }
    // Roots, so that a large background does not hide the colours of what stands before it.
    for (int i = LAYOUT; i < LAYOUT + COLOURS; i++) {
      numbers[i] = (float) Math.sqrt(numbers[i]);
    }
    scale(LAYOUT, COLOURS, SHARE_OF_COLOURS);
  }

  private int colour(int x, int y) {
    int red = channel(x, y, 0);
    int green = channel(x, y, 1);
    int blue = channel(x, y, 2);
    int most = Math.max(red, Math.max(green, blue));
    int chroma = most - Math.min(red, Math.min(green, blue));
    int light = (int) lightness(x, y);
    if (chroma < LEAST_CHROMA) {
      return 2 * HUES + Math.min(light * GREYS / 256, GREYS - 1);
    }
    double sixths;
    if (most == red) {
      sixths = ((double) (green - blue) / chroma + 6) % 6;
    } else if (most == green) {
      sixths = (double) (blue - red) / chroma + 2;
    } else {
      sixths = (double) (red - green) / chroma + 4;
    }
    return 2 * Math.min((int) (sixths * HUES / 6), HUES - 1) + (light < 128 ? 0 : 1);
  }

  private void addEdges() {
    int from = LAYOUT + COLOURS;
    for (int y = 1; y < SIDE - 1; y++) {
      for (int x = 1; x < SIDE - 1; x++) {
        double across = seen(x + 1, y) - seen(x - 1, y);
        double down = seen(x, y + 1) - seen(x, y - 1);
        double angle = (Math.atan2(down, across) + Math.PI) / Math.PI % 1;
        int direction = Math.min((int) (angle * DIRECTIONS), DIRECTIONS - 1);
        int field = y * QUARTERS / SIDE * QUARTERS + x * QUARTERS / SIDE;
        numbers[from + field * DIRECTIONS + direction] += (float) Math.hypot(across, down);
      }
    }
    scale(from, Look.SIZE - from, SHARE_OF_EDGES);
  }

  private float lightness(int x, int y) {
    return 0.299f * channel(x, y, 0) + 0.587f * channel(x, y, 1) + 0.114f * channel(x, y, 2);
  }

  /** Lightness before white. */
  private float seen(int x, int y) {
    float coverage = channel(x, y, 3) / 255f;
    return coverage * lightness(x, y) + 255 * (1 - coverage);
  }

  private void scale(int from, int count, double share) {
    double squares = 0;
    for (int i = from; i < from + count; i++) {
      squares += numbers[i] * numbers[i];
    }
    if (squares > 0) {
      float factor = (float) Math.sqrt(share / squares);
      for (int i = from; i < from + count; i++) {
        numbers[i] *= factor;
      }
    }
  }

  private Look quantised() {
    scale(0, Look.SIZE, 1);
    byte[] look = new byte[Look.SIZE];
    for (int i = 0; i < Look.SIZE; i++) {
      look[i] = (byte) Math.round(127 * numbers[i]);
    }
    return new Look(look);
  }
}
