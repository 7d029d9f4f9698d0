package io.songe.nn;

import io.songe.tensor.Convolution;
import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.InPlace;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.tensor.Wrapping;

/**
 * A convolution with a square kernel over pictures {@code [batch, channels, height, width]}.
 *
 * <p>With fewer than eight channels on a side it computes in FLOAT32 whatever the network's type:
 * libtorch's BFLOAT16 convolutions are a hundred times slower there.
 *
 * <p>What is added around pictures is zeros, or the opposite edge while a {@link Wrapping} applies.
 */
public final class Conv2d {
  private static final long NARROW = 8;

  private final Convolution convolution;

  private Conv2d(Convolution convolution) {
    this.convolution = convolution;
  }

  /**
   * A convolution of stride 1 that keeps height and width, with a bias.
   *
   * @param in input channels
   * @param out output channels
   * @param kernel side of the kernel, odd
   * @param p at the layer: weight {@code [out, in, kernel, kernel]}, bias {@code [out]}
   */
  public Conv2d(long in, long out, int kernel, Parameters p) {
    this(in, out, kernel, 1, kernel / 2, p);
  }

  /**
   * A convolution with a bias.
   *
   * @param in input channels
   * @param out output channels
   * @param kernel side of the kernel
   * @param stride step in both directions
   * @param padding zeros on every side
   * @param p at the layer: weight {@code [out, in, kernel, kernel]}, bias {@code [out]}
   */
  public Conv2d(long in, long out, int kernel, int stride, int padding, Parameters p) {
    this(convolution(in, out, kernel, true, stride, padding, p));
  }

  /**
   * A convolution without a bias.
   *
   * @param in input channels
   * @param out output channels
   * @param kernel side of the kernel
   * @param stride step in both directions
   * @param padding zeros on every side
   * @param p at the layer: weight {@code [out, in, kernel, kernel]}
   * @return the layer
   */
  public static Conv2d withoutBias(
      long in, long out, int kernel, int stride, int padding, Parameters p) {
    return new Conv2d(convolution(in, out, kernel, false, stride, padding, p));
  }

  private static Convolution convolution(
      long in, long out, int kernel, boolean bias, int stride, int padding, Parameters p) {
    DType dtype = Math.min(in, out) < NARROW ? DType.FLOAT32 : p.dtype();
    return p.convolution(Shape.of(out, in, kernel, kernel), bias, stride, padding, dtype);
  }

  /**
   * The convolution of x.
   *
   * @param x {@code [batch, in, height, width]}
   * @return {@code [batch, out, height', width']}, in the type of x
   */
  public Tensor forward(Tensor x) {
    Tensor converted = x.to(convolution.dtype());
    return (wraps() ? wrapped(converted) : convolution.apply(converted)).to(x.dtype());
  }

  /**
   * Adds the convolution of x to a tensor that nobody else looks at, in place.
   *
   * @param sum {@code [batch, out, height', width']}, of the type of x and with channels innermost;
   *     holds the result afterwards
   * @param x {@code [batch, in, height, width]}
   * @return {@code sum}
   */
  public Tensor addInto(Tensor sum, Tensor x) {
    return convolution.dtype() == x.dtype() && !wraps()
        ? convolution.addInto(sum, x)
        : InPlace.add(sum, forward(x));
  }

  /**
   * Adds the convolution of some rows to a tensor that nobody else looks at, in place.
   *
   * @param sum {@code [batch, out, height, width]}, in {@link #dtype} and with channels innermost;
   *     holds the result afterwards
   * @param x {@code [batch, in, height + 2 padding, width]}: the rows that the kernel sees
   * @return {@code sum}
   */
  public Tensor addRowsInto(Tensor sum, Tensor x) {
    return convolution.addRowsInto(sum, x.to(convolution.dtype()));
  }

  /** {@return channels of the result} */
  public long out() {
    return convolution.out();
  }

  /** {@return the type in which the layer computes} */
  public DType dtype() {
    return convolution.dtype();
  }

  /**
   * The convolution of x, with negative numbers cut to 0.
   *
   * @param x {@code [batch, in, height, width]}
   * @return {@code [batch, out, height', width']}, in the type of x
   */
  public Tensor forwardRelu(Tensor x) {
    Tensor converted = x.to(convolution.dtype());
    return (wraps() ? Functional.relu(wrapped(converted)) : convolution.applyRelu(converted))
        .to(x.dtype());
  }

  private boolean wraps() {
    return convolution.padding() > 0 && Wrapping.current() != Wrapping.NONE;
  }

  private Tensor wrapped(Tensor x) {
    int padding = convolution.padding();
    return convolution.applyUnpadded(Wrapping.pad(x, padding, padding, padding, padding));
  }
}
