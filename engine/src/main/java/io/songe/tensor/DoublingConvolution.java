package io.songe.tensor;

import static io.songe.tensor.Tensor.run;

import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.IValue;
import org.jspecify.annotations.Nullable;

/**
 * Doubles the sides of pictures by repeating every pixel, then convolves with a kernel of side 3
 * and zeros around, or the opposite edge while a {@link Wrapping} applies.
 *
 * <p>Of the nine pixels under the kernel most are repetitions of each other. A {@linkplain #packed
 * packed} one sums their weights beforehand and is one transposed convolution with a kernel of side
 * 4 and stride 2: four products for each number instead of nine, and no enlarged picture in
 * between. It cannot be trained.
 */
public final class DoublingConvolution {
  private final @Nullable Convolution afterwards;
  private final @Nullable Packed packed;

  private DoublingConvolution(@Nullable Convolution afterwards, @Nullable Packed packed) {
    this.afterwards = afterwards;
    this.packed = packed;
  }

  /** The constant arguments of a packed one. */
  private record Packed(
      IValue weight, IValue bias, IValue padding, IValue more, IValue stride, IValue dilation) {}

  /**
   * Repeats, then convolves.
   *
   * @param afterwards a convolution with a kernel of side 3, stride 1 and padding 1
   * @return the operation, alive as long as the convolution
   */
  public static DoublingConvolution plain(Convolution afterwards) {
    return new DoublingConvolution(afterwards, null);
  }

  /**
   * One transposed convolution, laid out for this processor; or a plain one where that cannot be,
   * and in FLOAT32, which gains nothing by it.
   *
   * @param weight {@code [out, in, 3, 3]}; not needed afterwards
   * @param bias {@code [out]}
   * @param owner keeps what the operation needs
   * @return the operation, alive as long as its owner
   */
  public static DoublingConvolution packed(Tensor weight, Tensor bias, TensorOwner owner) {
    OneDnn onednn = OneDnn.get();
    if (weight.dtype() != DType.BFLOAT16 || !onednn.supports(weight.dtype())) {
      return plain(Convolution.packed(weight, bias, 1, 1, owner));
    }
    Tensor ownBias = owner.own(bias);
    IValue one = onednn.twice(1, owner);
    IValue two = onednn.twice(2, owner);
    IValue zero = onednn.twice(0, owner);
    Tensor summed = summed(weight);
    Tensor laidOut =
        owner.own(
            run(
                "packing",
                () ->
                    onednn.packTransposed.call(
                        new IValue(summed.torch), one, zero, two, one, onednn.one, onednn.none),
                weight));
    return new DoublingConvolution(
        null,
        new Packed(
            onednn.argument(laidOut, owner), onednn.argument(ownBias, owner), one, zero, two, one));
  }

  /** [out, in, 3, 3] -> [in, out, 4, 4], summed in FLOAT32. */
  private static Tensor summed(Tensor weight) {
    Tensor rows = summedAlong(weight.to(DType.FLOAT32), 2);
    return summedAlong(rows, 3).to(weight.dtype()).transpose(0, 1).contiguous();
  }

  /**
   * The kernel's weights w along one direction as those of the transposed convolution. Position k
   * of it reaches from a pixel to the position k - 1 behind its first copy: to the right
   * neighbour's side with w2 alone, to its two copies with two weights each, and so on.
   */
  private static Tensor summedAlong(Tensor weight, int dimension) {
    Tensor before = weight.slice(dimension, 0, 1);
    Tensor here = weight.slice(dimension, 1, 2);
    Tensor behind = weight.slice(dimension, 2, 3);
    return Tensor.concat(List.of(behind, here.plus(behind), before.plus(here), before), dimension);
  }

  /**
   * The enlarged and convolved x.
   *
   * @param x {@code [batch, in, height, width]}
   * @return {@code [batch, out, 2 height, 2 width]}
   */
  public Tensor apply(Tensor x) {
    if (Wrapping.current() == Wrapping.NONE) {
      return zeroPadded(x);
    }
    Tensor larger = zeroPadded(Wrapping.pad(x, 1, 1, 1, 1).channelsLast());
    return larger.slice(2, 2, larger.dim(2) - 2).slice(3, 2, larger.dim(3) - 2).channelsLast();
  }

  private Tensor zeroPadded(Tensor x) {
    if (packed == null) {
      return Objects.requireNonNull(afterwards)
          .apply(Functional.upsampleNearest(x, 2 * x.dim(2), 2 * x.dim(3)));
    }
    OneDnn onednn = OneDnn.get();
    return run(
        "doubling convolution",
        () ->
            onednn.transposed.call(
                new IValue(x.torch),
                packed.weight,
                packed.bias,
                packed.padding,
                packed.more,
                packed.stride,
                packed.dilation,
                onednn.one,
                onednn.nothing,
                onednn.noNumbers,
                onednn.none),
        x);
  }
}
