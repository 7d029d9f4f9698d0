package io.songe.tensor;

import static io.songe.tensor.Tensor.run;

import org.bytedeco.pytorch.IValue;
import org.jspecify.annotations.Nullable;

/**
 * A convolution (cross-correlation) with its weights, zero-padded on all sides.
 *
 * <p>A {@linkplain #packed packed} one has its weights laid out once for the processor, which a
 * plain convolution does anew at every call: on small pictures with many channels that is most of
 * its time. It also cuts negative numbers in the same pass over memory. It cannot be trained.
 */
public final class Convolution {
  private final Tensor weight;
  private final @Nullable Tensor bias;
  private final int stride;
  private final int padding;
  private final @Nullable Packed packed;

  private Convolution(
      Tensor weight, @Nullable Tensor bias, int stride, int padding, @Nullable Packed packed) {
    this.weight = weight;
    this.bias = bias;
    this.stride = stride;
    this.padding = padding;
    this.packed = packed;
  }

  /** The constant arguments of a packed convolution. */
  private record Packed(
      IValue weight, IValue bias, IValue padding, IValue nothing, IValue stride, IValue dilation) {}

  /**
   * A convolution on weights as they are.
   *
   * @param weight {@code [out, in, kernel, kernel]}
   * @param bias {@code [out]}, or null for none
   * @param stride step in both directions
   * @param padding zeros on every side
   * @return the convolution, alive as long as its weights
   */
  public static Convolution plain(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return new Convolution(weight, bias, stride, padding, null);
  }

  /**
   * A convolution on weights laid out for this processor, or a plain one where that cannot be.
   *
   * @param weight {@code [out, in, kernel, kernel]}; not needed afterwards
   * @param bias {@code [out]}, or null for none
   * @param stride step in both directions
   * @param padding zeros on every side
   * @param owner keeps what the convolution needs
   * @return the convolution, alive as long as its owner
   */
  public static Convolution packed(
      Tensor weight, @Nullable Tensor bias, int stride, int padding, TensorOwner owner) {
    OneDnn onednn = OneDnn.get();
    Tensor ownBias = bias == null ? null : owner.own(bias);
    if (!onednn.supports(weight.dtype())) {
      return plain(owner.own(weight.channelsLast()), ownBias, stride, padding);
    }
    IValue twicePadding = onednn.twice(padding, owner);
    IValue twiceStride = onednn.twice(stride, owner);
    IValue dilation = onednn.twice(1, owner);
    Tensor laidOut =
        owner.own(
            run(
                "packing",
                () ->
                    onednn.packConvolution.call(
                        new IValue(weight.channelsLast().torch),
                        twicePadding,
                        twiceStride,
                        dilation,
                        onednn.one,
                        onednn.none),
                weight));
    return new Convolution(
        laidOut,
        ownBias,
        stride,
        padding,
        new Packed(
            onednn.argument(laidOut, owner),
            onednn.argument(ownBias, owner),
            twicePadding,
            onednn.twice(0, owner),
            twiceStride,
            dilation));
  }

  /** {@return the type of the weights, in which x must come} */
  public DType dtype() {
    return weight.dtype();
  }

  /**
   * The convolution of x.
   *
   * @param x {@code [batch, in, height, width]}
   * @return {@code [batch, out, height', width']}
   */
  public Tensor apply(Tensor x) {
    return packed == null
        ? Functional.conv2d(x, weight, bias, stride, padding)
        : pointwise(packed, packed.padding, x, OneDnn.get().nothing);
  }

  /** {@return how many zeros it adds on every side} */
  public int padding() {
    return padding;
  }

  /**
   * The convolution of x without zeros around it, for an x that was padded in another way.
   *
   * @param x {@code [batch, in, height, width]}
   * @return {@code [batch, out, height', width']}
   */
  public Tensor applyUnpadded(Tensor x) {
    return packed == null
        ? Functional.conv2d(x, weight, bias, stride, 0)
        : pointwise(packed, packed.nothing, x, OneDnn.get().nothing);
  }

  /**
   * The convolution of x, with negative numbers cut to 0.
   *
   * @param x {@code [batch, in, height, width]}
   * @return {@code [batch, out, height', width']}
   */
  public Tensor applyRelu(Tensor x) {
    return packed == null
        ? Functional.relu(Functional.conv2d(x, weight, bias, stride, padding))
        : pointwise(packed, packed.padding, x, OneDnn.get().relu);
  }

  private static Tensor pointwise(Packed packed, IValue padding, Tensor x, IValue then) {
    OneDnn onednn = OneDnn.get();
    return run(
        "conv2d",
        () ->
            onednn.convolution.call(
                new IValue(x.torch),
                packed.weight,
                packed.bias,
                padding,
                packed.stride,
                packed.dilation,
                onednn.one,
                then,
                onednn.noNumbers,
                onednn.none),
        x);
  }
}
