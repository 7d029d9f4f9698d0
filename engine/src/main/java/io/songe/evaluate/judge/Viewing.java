package io.songe.evaluate.judge;

import io.songe.random.Draws;
import java.util.Optional;

/**
 * A picture seen a little differently: nearer or farther, shifted, turned, paler or darker, with a
 * part hidden (DeVries and Taylor 2017), on another ground. It is not mirrored, since letters,
 * flags and arrows would not be what they are called, and a red apple stays redder than a green
 * one.
 *
 * @param scale how much larger it appears
 * @param right how far it is moved to the right, in parts of its side
 * @param down how far it is moved down, in parts of its side
 * @param turn in radians
 * @param tone what becomes of its colours
 * @param hidden the square that is not seen
 * @param ground what is behind it; empty if nothing is
 */
record Viewing(
    double scale,
    double right,
    double down,
    double turn,
    Tone tone,
    Hidden hidden,
    Optional<Ground> ground) {
  private static final double SMALLEST = .7;
  private static final double LARGEST = 1.12;
  private static final double FARTHEST = .08;
  private static final double MOST_TURN = .2;

  /** As models paint that do not know coverage: one picture in ten. */
  private static final double ON_WHITE = .1;

  private static final double ON_COLOUR = .25;

  /** A colour in [-1, 1]. */
  record Ground(double red, double green, double blue) {
    private static final Ground WHITE = new Ground(1, 1, 1);
  }

  /**
   * A square that is not seen.
   *
   * @param x of its centre, in parts of the side
   * @param y of its centre, in parts of the side
   * @param reach from its centre to its edges, in parts of the side; 0 for none
   */
  record Hidden(double x, double y, double reach) {
    static final Hidden NONE = new Hidden(0, 0, 0);
    private static final double OFTEN = .5;
    private static final double MOST = .17;

    static Hidden drawn(Draws draws, long position) {
      return draws.uniform(0, position) < OFTEN
          ? new Hidden(
              draws.uniform(1, position),
              draws.uniform(2, position),
              MOST * draws.uniform(3, position))
          : NONE;
    }

    void hide(float[] target, int at, int side) {
      int left = (int) Math.max(0, Math.ceil((x - reach) * side));
      int top = (int) Math.max(0, Math.ceil((y - reach) * side));
      for (int row = top; row < Math.min(side, (y + reach) * side); row++) {
        for (int column = left; column < Math.min(side, (x + reach) * side); column++) {
          int pixel = at + row * side + column;
          for (int plane = 0; plane < 4; plane++) {
            target[pixel + plane * side * side] = plane == 3 ? -1 : 1;
          }
        }
      }
    }
  }

  /** A picture seen as it is. */
  static Viewing plain() {
    return new Viewing(1, 0, 0, 0, Tone.SAME, Hidden.NONE, Optional.empty());
  }

  /** One of many viewings. */
  static Viewing drawn(Draws draws, long position) {
    double ground = draws.uniform(3, position);
    return new Viewing(
        SMALLEST + (LARGEST - SMALLEST) * draws.uniform(0, position),
        FARTHEST * (2 * draws.uniform(1, position) - 1),
        FARTHEST * (2 * draws.uniform(2, position) - 1),
        MOST_TURN * (2 * draws.uniform(8, position) - 1),
        Tone.drawn(draws.in(1), position),
        Hidden.drawn(draws.in(2), position),
        ground < ON_COLOUR ? Optional.of(ground(draws, position)) : Optional.empty());
  }

  private static Ground ground(Draws draws, long position) {
    return draws.uniform(3, position) < ON_WHITE
        ? Ground.WHITE
        : new Ground(
            2 * draws.uniform(4, position) - 1,
            2 * draws.uniform(5, position) - 1,
            2 * draws.uniform(6, position) - 1);
  }

  /** {@return this from nearer} */
  Viewing scaled(double other) {
    return new Viewing(other, right, down, turn, tone, hidden, ground);
  }

  /** {@return this moved to the right} */
  Viewing movedRight(double other) {
    return new Viewing(scale, other, down, turn, tone, hidden, ground);
  }

  /** {@return this on a ground} */
  Viewing on(Ground other) {
    return new Viewing(scale, right, down, turn, tone, hidden, Optional.of(other));
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
    double centre = (side - 1) / 2.0;
    double cos = Math.cos(turn) / scale;
    double sin = Math.sin(turn) / scale;
    for (int y = 0; y < side; y++) {
      double v = y - centre - down * side;
      for (int x = 0; x < side; x++) {
        double u = x - centre - right * side;
        sample(
            levels,
            side,
            cos * u + sin * v + centre,
            cos * v - sin * u + centre,
            target,
            at + y * side + x);
      }
    }
    tone.change(target, at, side * side);
    hidden.hide(target, at, side);
    ground.ifPresent(behind -> layOnGround(behind, target, at, side * side));
  }

  private static void sample(
      byte[] levels, int side, double fromX, double fromY, float[] target, int pixel) {
    int area = side * side;
    int left = (int) Math.floor(fromX);
    int top = (int) Math.floor(fromY);
    float beside = (float) (fromX - left);
    float below = (float) (fromY - top);
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
      target[pixel + plane * area] = mix(upper, lower, below) / 127.5f - 1;
    }
  }

  /** Takes the white out, in the measure of what is not covered, and puts the ground there. */
  private static void layOnGround(Ground ground, float[] target, int at, int area) {
    for (int i = at; i < at + area; i++) {
      float bare = (1 - target[i + 3 * area]) / 2;
      target[i] += (float) (bare * (ground.red - 1));
      target[i + area] += (float) (bare * (ground.green - 1));
      target[i + 2 * area] += (float) (bare * (ground.blue - 1));
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
