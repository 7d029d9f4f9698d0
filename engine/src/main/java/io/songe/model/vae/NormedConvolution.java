package io.songe.model.vae;

import io.songe.nn.Conv2d;
import io.songe.nn.GroupNorm;
import io.songe.nn.Parameters;
import io.songe.tensor.Functional;
import io.songe.tensor.GroupStatistics;
import io.songe.tensor.InPlace;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.Wrapping;
import java.util.function.UnaryOperator;

/**
 * A normalization, an activation and a convolution of stride 1 that keeps the size: what a residual
 * block does twice.
 *
 * <p>A large picture is worked off in bands of rows, each with the rows around it that the kernel
 * sees. Nothing is estimated: the normalization looks at the whole picture first, so bands give
 * what the whole gives, without seams, and what lies between the steps never exists for a whole
 * picture.
 */
final class NormedConvolution {
  private static final long KERNEL = 3;
  private static final long HALO = KERNEL / 2;

  /** Numbers in a band: small enough for the processor's cache, large enough to keep it busy. */
  private static final long BAND = 2L << 20;

  private final GroupNorm norm;
  private final Conv2d conv;

  /**
   * The three steps.
   *
   * @param p at the block that holds the layers
   */
  NormedConvolution(int in, int out, int groups, String normName, String convName, Parameters p) {
    norm = new GroupNorm(groups, in, ResnetBlock.EPSILON, p.in(normName));
    conv = new Conv2d(in, out, (int) KERNEL, p.in(convName));
  }

  /** [batch, in, height, width] -> [batch, out, height, width], in the convolution's type. */
  Tensor forward(Tensor x) {
    return inBands(x)
        ? addBands(InPlace.zeros(x, conv.out(), conv.dtype()), x)
        : conv.forward(activated(x).to(conv.dtype()));
  }

  /**
   * Adds the result to a tensor that nobody else looks at, in place.
   *
   * @param sum [batch, out, height, width], in the convolution's type; holds the result afterwards
   * @param x [batch, in, height, width]
   * @return sum
   */
  Tensor addInto(Tensor sum, Tensor x) {
    return inBands(x) ? addBands(sum, x) : conv.addInto(sum, activated(x));
  }

  private static boolean inBands(Tensor x) {
    return x.dim(0) == 1
        && x.dim(1) * x.dim(2) * x.dim(3) > 2 * BAND
        && GroupStatistics.fit(x)
        && Wrapping.current() == Wrapping.NONE;
  }

  private Tensor activated(Tensor x) {
    return InPlace.silu(norm.forward(x));
  }

  private Tensor addBands(Tensor sum, Tensor picture) {
    UnaryOperator<Tensor> normalize = norm.of(picture);
    long height = picture.dim(2);
    long rows = Math.max(1, BAND / (picture.dim(1) * picture.dim(3)));
    for (long top = 0; top < height; top += rows) {
      try (Scope _ = Scope.inner()) {
        long bottom = Math.min(height, top + rows);
        Tensor seen = picture.slice(2, Math.max(0, top - HALO), Math.min(height, bottom + HALO));
        Tensor activated = InPlace.silu(normalize.apply(seen));
        conv.addRowsInto(sum.slice(2, top, bottom), edged(activated, top == 0, bottom == height));
      }
    }
    return sum;
  }

  /** Zeros where the kernel sees beyond the picture's top and bottom. */
  private static Tensor edged(Tensor rows, boolean first, boolean last) {
    return first || last
        ? Functional.padZeros(rows, 0, 0, first ? HALO : 0, last ? HALO : 0).channelsLast()
        : rows;
  }
}
