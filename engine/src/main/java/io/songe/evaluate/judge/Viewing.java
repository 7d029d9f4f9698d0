package io.songe.evaluate.judge;

import io.songe.random.Draws;

/**
 * A picture seen a little differently: nearer or farther, shifted, on another ground. Its colours
 * stay, since they are asked about; it is not mirrored, since letters, flags and arrows would not be
 * what they are called.
 *
 * @param scale how much larger it appears
 * @param right how far it is moved to the right, in parts of its side
 * @param down how far it is moved down, in parts of its side
 * @param ground what is behind it, of red, green and blue in [-1, 1]; empty if nothing is
 */
record Viewing(double scale, double right, double down, double[] ground) {
  private static final double SMALLEST = .7;
  private static final double LARGEST = 1.1;
  private static final double FARTHEST = .08;

  /** As models paint that do not know coverage: one picture in ten. */
  private static final double ON_WHITE = .1;

  private static final double ON_COLOUR = .25;
  private static final double[] WHITE = {1, 1, 1};
  private static final double[] NOTHING = {};

  /** One of many viewings. */
  static Viewing drawn(Draws draws, long position) {
    double ground = draws.uniform(3, position);
    return new Viewing(
        SMALLEST + (LARGEST - SMALLEST) * draws.uniform(0, position),
        FARTHEST * (2 * draws.uniform(1, position) - 1),
        FARTHEST * (2 * draws.uniform(2, position) - 1),
        ground < ON_WHITE ? WHITE : ground < ON_COLOUR ? colour(draws, position) : NOTHING);
  }

  private static double[] colour(Draws draws, long position) {
    double[] colour = new double[3];
    for (int i = 0; i < 3; i++) {
      colour[i] = 2 * draws.uniform(4 + i, position) - 1;
    }
    return colour;
  }

  /**
   * Looks at a picture. Between pixels it is interpolated; outside there is nothing, on white.
   *
   * @param levels [4, side, side], unsigned
   * @param side in pixels
   * @param target takes [4, side, side] in [-1, 1]
   * @param at where in the target
   */
  void see(byte[] levels, int side, float[] target, int at) {
    int area = side * side;
    double centre = (side - 1) / 2.0;
    for (int y = 0; y < side; y++) {
      double fromY = (y - centre - down * side) / scale + centre;
      int top = (int) Math.floor(fromY);
      float below = (float) (fromY - top);
      for (int x = 0; x < side; x++) {
        double fromX = (x - centre - right * side) / scale + centre;
        int left = (int) Math.floor(fromX);
        float beside = (float) (fromX - left);
        for (int plane = 0; plane < 4; plane++) {
          float outside = plane == 3 ? 0 : 255;
          float upper =
              mix(
                  level(levels, plane * area, side, left, top, outside),
                  level(levels, plane * area, side, left + 1, top, outside),
                  beside);
          float lower =
              mix(
                  level(levels, plane * area, side, left, top + 1, outside),
                  level(levels, plane * area, side, left + 1, top + 1, outside),
                  beside);
          target[at + plane * area + y * side + x] = mix(upper, lower, below) / 127.5f - 1;
        }
      }
    }
    if (ground.length > 0) {
      layOnGround(target, at, area);
    }
  }

  /** Takes the white out, in the measure of what is not covered, and puts the ground there. */
  private void layOnGround(float[] target, int at, int area) {
    for (int i = at; i < at + area; i++) {
      float bare = (1 - target[i + 3 * area]) / 2;
      for (int plane = 0; plane < 3; plane++) {
        target[i + plane * area] += (float) (bare * (ground[plane] - 1));
      }
      target[i + 3 * area] = 1;
    }
  }

  private static float mix(float a, float b, float weight) {
    return a + (b - a) * weight;
  }

  private static float level(byte[] levels, int plane, int side, int x, int y, float outside) {
    boolean inside = x >= 0 && y >= 0 && x < side && y < side;
    return inside ? levels[plane + y * side + x] & 0xff : outside;
  }
}
