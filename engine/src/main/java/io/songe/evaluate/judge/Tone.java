package io.songe.evaluate.judge;

import io.songe.random.Draws;

/**
 * What becomes of a picture's colours, but not of the white behind it.
 *
 * @param contrast factor of every colour's distance from grey
 * @param saturation factor of every colour's distance from the grey that is as light
 * @param light added, in parts of all the light there is
 */
record Tone(double contrast, double saturation, double light) {
  /** Nothing becomes of them. */
  static final Tone SAME = new Tone(1, 1, 0);

  private static final double LEAST_CONTRAST = .75;
  private static final double MOST_CONTRAST = 1.25;
  private static final double LEAST_SATURATION = .4;
  private static final double MOST_SATURATION = 1.4;
  private static final double MOST_LIGHT = .12;

  static Tone drawn(Draws draws, long position) {
    return new Tone(
        LEAST_CONTRAST + (MOST_CONTRAST - LEAST_CONTRAST) * draws.uniform(0, position),
        LEAST_SATURATION + (MOST_SATURATION - LEAST_SATURATION) * draws.uniform(1, position),
        MOST_LIGHT * (2 * draws.uniform(2, position) - 1));
  }

  /** Changes planes [4, area] in [-1, 1]: colour on white, and coverage. */
  void change(float[] target, int at, int area) {
    for (int i = at; i < at + area; i++) {
      float cover = (target[i + 3 * area] + 1) / 2;
      float red = (target[i] - 1) / 2 + cover;
      float green = (target[i + area] - 1) / 2 + cover;
      float blue = (target[i + 2 * area] - 1) / 2 + cover;
      float grey = (red + green + blue) / 3;
      target[i] = changed(red, grey, cover);
      target[i + area] = changed(green, grey, cover);
      target[i + 2 * area] = changed(blue, grey, cover);
    }
  }

  /** A colour times its coverage to the same on white, in [-1, 1]. */
  private float changed(float colour, float grey, float cover) {
    double saturated = grey + saturation * (colour - grey);
    double contrasted = cover / 2 + contrast * (saturated - cover / 2) + light * cover;
    return (float) (2 * (Math.clamp(contrasted, 0, cover) - cover) + 1);
  }
}
