package io.songe.nn;

import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A convolution with a square kernel over pictures {@code [batch, channels, height, width]}.
 *
 * <p>With fewer than eight channels on a side it computes in FLOAT32 whatever the network's type:
 * libtorch's BFLOAT16 convolutions are a hundred times slower there.
 */
public final class Conv2d {
  private static final long NARROW = 8;

  private final Tensor weight;
  private final @Nullable Tensor bias;
  private final int stride;
  private final int padding;

  private Conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    this.weight = weight;
    this.bias = bias;
    this.stride = stride;
    this.padding = padding;
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
    this(
        weight(in, out, kernel, p),
        narrow(in, out) ? p.exact("bias", Shape.of(out)) : p.get("bias", Shape.of(out)),
        stride,
        padding);
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
    return new Conv2d(weight(in, out, kernel, p), null, stride, padding);
  }

  private static Tensor weight(long in, long out, int kernel, Parameters p) {
    Shape shape = Shape.of(out, in, kernel, kernel);
    return narrow(in, out) ? p.exact("weight", shape) : p.get("weight", shape);
  }

  private static boolean narrow(long in, long out) {
    return Math.min(in, out) < NARROW;
  }

  /**
   * The convolution of x.
   *
   * @param x {@code [batch, in, height, width]}
   * @return {@code [batch, out, height', width']}, in the type of x
   */
  public Tensor forward(Tensor x) {
    DType dtype = x.dtype();
    return Functional.conv2d(x.to(weight.dtype()), weight, bias, stride, padding).to(dtype);
  }
}
