package io.songe.tensor;

import static io.songe.tensor.Tensor.run;

import org.bytedeco.pytorch.IValue;
import org.jspecify.annotations.Nullable;

/**
 * An affine map of the innermost dimension, {@code x W^T + b}, with its weights. A {@linkplain
 * #packed packed} one has them laid out once for the processor; it cannot be trained.
 */
public final class AffineMap {
  private final Tensor weight;
  private final @Nullable Tensor bias;
  private final @Nullable Packed packed;

  private AffineMap(Tensor weight, @Nullable Tensor bias, @Nullable Packed packed) {
    this.weight = weight;
    this.bias = bias;
    this.packed = packed;
  }

  /** The constant arguments of a packed map. */
  private record Packed(IValue weight, IValue bias) {}

  /**
   * A map on weights as they are.
   *
   * @param weight {@code [out, in]}
   * @param bias {@code [out]}, or null for none
   * @return the map, alive as long as its weights
   */
  public static AffineMap plain(Tensor weight, @Nullable Tensor bias) {
    return new AffineMap(weight, bias, null);
  }

  /**
   * A map on weights laid out for this processor, or a plain one where that cannot be.
   *
   * @param weight {@code [out, in]}; not needed afterwards
   * @param bias {@code [out]}, or null for none
   * @param owner keeps what the map needs
   * @return the map, alive as long as its owner
   */
  public static AffineMap packed(Tensor weight, @Nullable Tensor bias, TensorOwner owner) {
    OneDnn onednn = OneDnn.get();
    Tensor ownBias = bias == null ? null : owner.own(bias);
    if (!onednn.supports(weight.dtype())) {
      return plain(owner.own(weight), ownBias);
    }
    Tensor laidOut =
        owner.own(
            run(
                "packing",
                () -> onednn.packLinear.call(new IValue(weight.contiguous().torch), onednn.none),
                weight));
    return new AffineMap(
        laidOut,
        ownBias,
        new Packed(onednn.argument(laidOut, owner), onednn.argument(ownBias, owner)));
  }

  /**
   * The map of x.
   *
   * @param x {@code [..., in]}
   * @return {@code [..., out]}
   */
  public Tensor apply(Tensor x) {
    if (packed == null) {
      return Functional.linear(x, weight, bias);
    }
    return pointwise(packed, x, OneDnn.get().nothing);
  }

  /**
   * The map of x, through the GELU with the exact normal distribution function.
   *
   * @param x {@code [..., in]}
   * @return {@code [..., out]}
   */
  Tensor applyGelu(Tensor x) {
    return packed == null ? Functional.gelu(apply(x)) : pointwise(packed, x, OneDnn.get().gelu);
  }

  /**
   * The map of x, and another tensor added to it. In FLOAT32 the sum is made as the reference makes
   * it, so that roundings agree with its own.
   *
   * @param x {@code [..., in]}
   * @param other {@code [..., out]}, of the type of x
   * @return {@code [..., out]}
   */
  public Tensor applyPlus(Tensor x, Tensor other) {
    return packed == null || x.dtype() == DType.FLOAT32
        ? other.plus(apply(x))
        : with(packed, x, OneDnn.get().add, other);
  }

  /**
   * The map of x, multiplied by another tensor.
   *
   * @param x {@code [..., in]}
   * @param other {@code [..., out]}, of the type of x
   * @return {@code [..., out]}
   */
  Tensor applyTimes(Tensor x, Tensor other) {
    return packed == null ? other.times(apply(x)) : with(packed, x, OneDnn.get().multiply, other);
  }

  private static Tensor pointwise(Packed packed, Tensor x, IValue then) {
    OneDnn onednn = OneDnn.get();
    return run(
        "linear",
        () ->
            onednn.linear.call(
                new IValue(x.torch),
                packed.weight,
                packed.bias,
                then,
                onednn.noNumbers,
                onednn.exactly),
        x);
  }

  private static Tensor with(Packed packed, Tensor x, IValue operation, Tensor other) {
    return run(
        "linear with another",
        () ->
            OneDnn.get()
                .linearWith
                .call(
                    new IValue(x.torch),
                    new IValue(other.contiguous().torch),
                    packed.weight,
                    packed.bias,
                    operation),
        x,
        other);
  }
}
