package io.songe.diffusion;

import io.songe.error.EngineException;
import io.songe.tensor.Tensor;

/** How to go from one vector to another. */
public enum Interpolation {
  /** On the straight line: {@code (1 - t) a + t b}. */
  LINEAR,
  /**
   * On the arc: the direction turns at an even rate, and the length does not sink on the way as
   * that of the straight line does. Shoemake 1985, section 3.3. Where two vectors have nearly one
   * direction, or opposite ones, there is no such arc, and the line is taken.
   */
  SPHERICAL;

  /** Beyond this cosine the arc's formula divides by almost nothing. */
  private static final double STRAIGHT = 0.9995;

  /**
   * A tensor between two.
   *
   * @param a where to start; its innermost dimension holds the vectors
   * @param b where to go, as a
   * @param t how far: 0 is a, 1 is b, both exactly
   * @return a tensor as a
   * @throws EngineException if the shapes differ
   */
  public Tensor between(Tensor a, Tensor b, double t) {
    if (!a.shape().equals(b.shape())) {
      throw new EngineException("there is no way from " + a.shape() + " to " + b.shape());
    }
    if (t == 0 || t == 1) {
      return t == 0 ? a : b;
    }
    return switch (this) {
      case LINEAR -> a.times(1 - t).plus(b.times(t));
      case SPHERICAL -> onArcs(a, b, t);
    };
  }

  private static Tensor onArcs(Tensor a, Tensor b, double t) {
    float[] from = a.toFloats();
    float[] to = b.toFloats();
    long[] extents = a.shape().toArray();
    int width = Math.toIntExact(extents[extents.length - 1]);
    for (int start = 0; start < from.length; start += width) {
      turn(from, to, start, start + width, t);
    }
    return Tensor.of(from, extents);
  }

  /** Replaces a vector of {@code from} by the one on its way to {@code to}. */
  private static void turn(float[] from, float[] to, int start, int end, double t) {
    double product = 0;
    double fromSquared = 0;
    double toSquared = 0;
    for (int i = start; i < end; i++) {
      product += (double) from[i] * to[i];
      fromSquared += (double) from[i] * from[i];
      toSquared += (double) to[i] * to[i];
    }
    double cosine = product / Math.sqrt(fromSquared * toSquared);
    double fromShare = 1 - t;
    double toShare = t;
    if (Math.abs(cosine) < STRAIGHT) {
      double angle = Math.acos(cosine);
      fromShare = Math.sin((1 - t) * angle) / Math.sin(angle);
      toShare = Math.sin(t * angle) / Math.sin(angle);
    }
    for (int i = start; i < end; i++) {
      from[i] = (float) (fromShare * from[i] + toShare * to[i]);
    }
  }
}
