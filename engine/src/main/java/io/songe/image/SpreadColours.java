package io.songe.image;

import io.songe.error.EngineException;

/**
 * Fills a part of a picture with the colours around it, spread inwards: near the edge those of the
 * edge, further in a mixture of more and more. Gortler et al. 1996, section 3.4.3: weighted
 * averages over ever larger squares ("pull"), from which what is missing is taken ("push").
 */
public final class SpreadColours {
  private static final int CHANNELS = 4;

  private SpreadColours() {}

  /**
   * The filled picture.
   *
   * @param picture what is around
   * @param mask of the same size; what is painted is filled
   * @return the picture, changed only where the mask is above 0; wholly if all is masked: then it
   *     is transparent, there being nothing to spread
   */
  public static Image over(Image picture, Mask mask) {
    int width = picture.width();
    int height = picture.height();
    if (mask.width() != width || mask.height() != height) {
      throw new EngineException(
          "picture and mask must have one size, got " + picture + ", " + mask);
    }
    byte[] rgba = picture.pixels();
    byte[] levels = mask.levels();
    float[] colours = new float[rgba.length];
    float[] weights = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      weights[i] = 1 - (levels[i] & 0xff) / 255f;
      float coverage = rgba[CHANNELS * i + 3] & 0xff;
      for (int channel = 0; channel < 3; channel++) {
        colours[CHANNELS * i + channel] = (rgba[CHANNELS * i + channel] & 0xff) * coverage / 255;
      }
      colours[CHANNELS * i + 3] = coverage;
    }
    Level filled = new Level(width, height, colours, weights).filled();
    return Image.owning(width, height, pixels(filled.colours, rgba, levels));
  }

  private static byte[] pixels(float[] colours, byte[] rgba, byte[] levels) {
    byte[] result = rgba.clone();
    for (int i = 0; i < levels.length; i++) {
      if (levels[i] != 0) {
        int at = CHANNELS * i;
        float coverage = colours[at + 3];
        for (int channel = 0; channel < 3; channel++) {
          float straight = coverage > 0 ? colours[at + channel] * 255 / coverage : 0;
          result[at + channel] = (byte) Math.round(Math.clamp(straight, 0, 255));
        }
        result[at + 3] = (byte) Math.round(Math.clamp(coverage, 0, 255));
      }
    }
    return result;
  }

  /** Premultiplied colours [height, width, 4] that are known with weights [height, width]. */
  private static final class Level {
    private final int width;
    private final int height;
    private final float[] colours;
    private final float[] weights;

    Level(int width, int height, float[] colours, float[] weights) {
      this.width = width;
      this.height = height;
      this.colours = colours;
      this.weights = weights;
    }

    /** This level with what is not known taken from the coarser one. */
    Level filled() {
      if (width == 1 && height == 1) {
        return this;
      }
      Level coarse = coarser().filled();
      float[] mixed = new float[colours.length];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int i = y * width + x;
          for (int channel = 0; channel < CHANNELS; channel++) {
            float known = weights[i] * colours[CHANNELS * i + channel];
            float unknown = 1 - weights[i];
            mixed[CHANNELS * i + channel] =
                unknown == 0 ? known : known + unknown * coarse.between(x, y, channel);
          }
        }
      }
      return new Level(width, height, mixed, weights);
    }

    /** Half the sides: the mean of what is known of each square, known as well as its best. */
    private Level coarser() {
      int wide = (width + 1) / 2;
      int tall = (height + 1) / 2;
      float[] sums = new float[CHANNELS * wide * tall];
      float[] known = new float[wide * tall];
      for (int i = 0; i < weights.length; i++) {
        int to = i / width / 2 * wide + i % width / 2;
        known[to] += weights[i];
        for (int channel = 0; channel < CHANNELS; channel++) {
          sums[CHANNELS * to + channel] += weights[i] * colours[CHANNELS * i + channel];
        }
      }
      for (int i = 0; i < known.length; i++) {
        for (int channel = 0; channel < CHANNELS && known[i] > 0; channel++) {
          sums[CHANNELS * i + channel] /= known[i];
        }
        known[i] = Math.min(1, known[i]);
      }
      return new Level(wide, tall, sums, known);
    }

    /** The colour of this level under a pixel of the finer one, bilinearly. */
    private float between(int fineX, int fineY, int channel) {
      int nearX = fineX / 2;
      int nearY = fineY / 2;
      int farX = Math.clamp(nearX + (fineX % 2 == 0 ? -1 : 1), 0, width - 1);
      int farY = Math.clamp(nearY + (fineY % 2 == 0 ? -1 : 1), 0, height - 1);
      return (9 * at(nearX, nearY, channel)
              + 3 * at(farX, nearY, channel)
              + 3 * at(nearX, farY, channel)
              + at(farX, farY, channel))
          / 16;
    }

    private float at(int x, int y, int channel) {
      return colours[CHANNELS * (y * width + x) + channel];
    }
  }
}
