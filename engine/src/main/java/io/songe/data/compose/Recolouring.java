package io.songe.data.compose;

import io.songe.image.Colour;
import io.songe.image.Image;
import java.util.Optional;

/**
 * Gives a drawing one colour in all its lights and shades. The drawing's lightness is moved so that
 * its mean becomes the colour itself: a dark drawing called yellow looks yellow. What is black or
 * white in an otherwise coloured drawing, such as outlines and eyes, stays so.
 */
final class Recolouring {
  /** How far the lightness may be spread: black and white patches would hide the colour. */
  private static final double MOST_SPREAD = 0.2;

  /** How much of a drawing may be black or white and stay so. */
  private static final double MOST_KEPT = 0.3;

  private static final double COLOURED = 0.15;
  private static final int LEVELS = 256;

  private final Tint tint;
  private final byte[] rgba;

  /** How much of each pixel stays as it is, of one. */
  private final float[] kept;

  private Recolouring(Tint tint, byte[] rgba) {
    this.tint = tint;
    this.rgba = rgba;
    this.kept = kept(rgba);
  }

  /**
   * Recolours a picture.
   *
   * @return the picture in the colour; empty if another colour would be nearer to what it looks
   *     like then
   */
  static Optional<Image> of(Image image, Tint tint) {
    var recolouring = new Recolouring(tint, image.rgba());
    recolouring.apply();
    Image recoloured = Image.of(image.width(), image.height(), recolouring.rgba);
    return Tint.nearest(Cutout.mean(recoloured)) == tint
        ? Optional.of(recoloured)
        : Optional.empty();
  }

  private void apply() {
    int[] tones = tones();
    for (int i = 0; i < rgba.length; i += 4) {
      if (rgba[i + 3] == 0) {
        continue;
      }
      int tone = tones[lightness(rgba, i)];
      rgba[i] = mix(tone >> 16 & 0xff, rgba[i] & 0xff, kept[i / 4]);
      rgba[i + 1] = mix(tone >> 8 & 0xff, rgba[i + 1] & 0xff, kept[i / 4]);
      rgba[i + 2] = mix(tone & 0xff, rgba[i + 2] & 0xff, kept[i / 4]);
    }
  }

  /** What each level of lightness turns into. */
  private int[] tones() {
    double[] levels = new double[LEVELS];
    double total = 1e-9;
    double mean = 0;
    for (int i = 0; i < rgba.length; i += 4) {
      double weight = (rgba[i + 3] & 0xff) * (1 - kept[i / 4]);
      int level = lightness(rgba, i);
      levels[level] += weight;
      mean += weight * level;
      total += weight;
    }
    mean /= total;
    double variance = 0;
    for (int level = 0; level < LEVELS; level++) {
      variance += levels[level] * (level - mean) * (level - mean) / total;
    }
    double spread = Math.sqrt(variance) / (LEVELS - 1);
    double contrast = Math.min(1, MOST_SPREAD / Math.max(spread, 1e-9));
    int[] tones = new int[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      tones[level] = tone(0.5 + contrast * (level - mean) / (LEVELS - 1));
    }
    return tones;
  }

  /** The colour at a lightness: 0 is its deepest shade, 1/2 the colour itself, 1 its highlight. */
  private int tone(double light) {
    double clamped = Math.clamp(light, 0, 1);
    Colour colour =
        clamped < 0.5
            ? Colours.between(tint.shade(), tint.colour(), 2 * clamped)
            : Colours.between(tint.colour(), tint.highlight(), 2 * clamped - 1);
    return colour.red() << 16 | colour.green() << 8 | colour.blue();
  }

  /** What is black or white, if most of the drawing is coloured; else nothing. */
  private static float[] kept(byte[] rgba) {
    var kept = new float[rgba.length / 4];
    double coloured = 0;
    double neutral = 0;
    double total = 1e-9;
    for (int i = 0; i < rgba.length; i += 4) {
      int cover = rgba[i + 3] & 0xff;
      if (cover > 0) {
        double chroma = chroma(rgba, i);
        kept[i / 4] = (float) neutral(chroma, lightness(rgba, i));
        total += cover;
        neutral += cover * kept[i / 4];
        coloured += chroma > COLOURED ? cover : 0;
      }
    }
    boolean mostlyColoured = neutral / total <= MOST_KEPT && coloured / total >= 0.5;
    return mostlyColoured ? kept : new float[rgba.length / 4];
  }

  /** How black or white a pixel is, 0 to 1: without colour, and very dark or very light. */
  private static double neutral(double chroma, int lightness) {
    double grey = 1 - ramp(chroma, 0.06, 0.18);
    double light = lightness / (LEVELS - 1.0);
    return grey * Math.max(ramp(light, 0.8, 0.93), 1 - ramp(light, 0.1, 0.24));
  }

  private static double chroma(byte[] rgba, int i) {
    int red = rgba[i] & 0xff;
    int green = rgba[i + 1] & 0xff;
    int blue = rgba[i + 2] & 0xff;
    return (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue))) / 255.0;
  }

  /** Luma by Rec. 601, 0..255. */
  private static int lightness(byte[] rgba, int i) {
    return (77 * (rgba[i] & 0xff) + 150 * (rgba[i + 1] & 0xff) + 29 * (rgba[i + 2] & 0xff)) >> 8;
  }

  private static double ramp(double value, double from, double to) {
    return Math.clamp((value - from) / (to - from), 0, 1);
  }

  private static byte mix(int tone, int original, float kept) {
    return (byte) (tone + kept * (original - tone) + 0.5);
  }
}
