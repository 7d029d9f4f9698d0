package io.songe.evaluate.judge;

import io.songe.image.Image;
import io.songe.image.Resampling;
import io.songe.tensor.Tensor;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Pictures as the judge looks at them: small, laid on white, with their coverage beside it. Kept as
 * bytes, since all drawings of a corpus are needed again and again.
 */
final class Thumbnails {
  private static final int PLANES = PictureTower.PLANES;
  private static final float LEVELS = 127.5f;

  private final int side;
  private final byte[][] levels;

  private Thumbnails(int side, byte[][] levels) {
    this.side = side;
    this.levels = levels;
  }

  /**
   * Makes pictures small.
   *
   * @param count how many
   * @param pictures gives them by number
   * @param side of the small ones, in pixels
   */
  static Thumbnails of(int count, IntFunction<Image> pictures, int side) {
    byte[][] levels = new byte[count][];
    for (int i = 0; i < count; i++) {
      levels[i] = small(pictures.apply(i), side);
    }
    return new Thumbnails(side, levels);
  }

  static Thumbnails of(List<Image> pictures, int side) {
    return of(pictures.size(), pictures::get, side);
  }

  private static byte[] small(Image picture, int side) {
    float[] planes = picture.resize(side, side, Resampling.BILINEAR).toPlanes(PLANES);
    byte[] levels = new byte[planes.length];
    for (int i = 0; i < planes.length; i++) {
      levels[i] = (byte) Math.round((planes[i] + 1) * LEVELS);
    }
    return levels;
  }

  int side() {
    return side;
  }

  int count() {
    return levels.length;
  }

  /** [4, side, side]: unsigned levels. */
  byte[] levels(int picture) {
    return levels[picture];
  }

  /** Some pictures as they are, [to - from, 4, side, side] in [-1, 1]. */
  Tensor planes(int from, int to) {
    float[] values = new float[(to - from) * PLANES * side * side];
    for (int i = from; i < to; i++) {
      int at = (i - from) * PLANES * side * side;
      for (byte level : levels[i]) {
        values[at++] = (level & 0xff) / LEVELS - 1;
      }
    }
    return Tensor.of(values, to - from, PLANES, side, side);
  }
}
