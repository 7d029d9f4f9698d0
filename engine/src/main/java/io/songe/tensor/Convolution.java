package io.songe.tensor;

import static io.songe.tensor.Tensor.run;

import java.util.Objects;
import org.bytedeco.pytorch.IValue;
import org.jspecify.annotations.Nullable;

/**
 * A convolution (cross-correlation) with its weights, zero-padded on all sides.
 *
 * <p>A {@linkplain #packed packed} one has its weights laid out once for the processor, which a
 * plain convolution does anew at every call: on small pictures with many channels that is most of
 * its time. It also cuts negative numbers in the same pass over memory. It cannot be trained.
 *
 * <p>Where the processor multiplies tiles, one of many input channels is done as several of some of
 * them, each added to the one before: otherwise the channels of a few pixels fill the cache, which
 * costs up to half of the speed.
 */
public final class Convolution {
  /** Input channels that are done at a time. */
  private static final long MOST_CHANNELS = 640;

  private static final long WHOLE_TILE = 32;

  private final long out;
  private final Tensor weight;
  private final @Nullable Tensor bias;
  private final int stride;
  private final int padding;
  private final @Nullable Packed packed;
  private final @Nullable Rest rest;

  private Convolution(
      long out,
      Tensor weight,
      @Nullable Tensor bias,
      int stride,
      int padding,
      @Nullable Packed packed,
      @Nullable Rest rest) {
    this.out = out;
    this.weight = weight;
    this.bias = bias;
    this.stride = stride;
    this.padding = padding;
    this.packed = packed;
    this.rest = rest;
  }

  /** The input channels from one on, which are done after those before it. */
  private record Rest(long from, Convolution convolution) {
    Tensor before(Tensor x) {
      return x.slice(1, 0, from);
    }

    Tensor of(Tensor x) {
      return x.slice(1, from, x.dim(1));
    }
  }

  /** The constant arguments of a packed convolution. */
  private record Packed(
      IValue weight,
      IValue bias,
      IValue padding,
      IValue sidewaysPadding,
      IValue nothing,
      IValue stride,
      IValue dilation) {}

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
    return new Convolution(weight.dim(0), weight, bias, stride, padding, null, null);
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
    long channels = channelsAtATime(weight);
    if (channels < weight.dim(1)) {
      Convolution first = packed(weight.slice(1, 0, channels), bias, stride, padding, owner);
      Tensor others = weight.slice(1, channels, weight.dim(1));
      Rest rest = new Rest(channels, packed(others, null, stride, padding, owner));
      return new Convolution(
          first.out, first.weight, first.bias, stride, padding, first.packed, rest);
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
                        new IValue(weight.torch),
                        twicePadding,
                        twiceStride,
                        dilation,
                        onednn.one,
                        onednn.none),
                weight));
    return new Convolution(
        weight.dim(0),
        laidOut,
        ownBias,
        stride,
        padding,
        new Packed(
            onednn.argument(laidOut, owner),
            onednn.argument(ownBias, owner),
            twicePadding,
            onednn.pair(0, padding, owner),
            onednn.twice(0, owner),
            twiceStride,
            dilation),
        null);
  }

  /** All of them, or about equal parts of them that fill tiles. */
  private static long channelsAtATime(Tensor weight) {
    long in = weight.dim(1);
    if (weight.dtype() != DType.BFLOAT16 || !Backend.hasBfloat16Tiles() || in <= MOST_CHANNELS) {
      return in;
    }
    long parts = Math.ceilDiv(in, MOST_CHANNELS);
    return Math.ceilDiv(Math.ceilDiv(in, parts), WHOLE_TILE) * WHOLE_TILE;
  }

  /** {@return channels of the result} */
  public long out() {
    return out;
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
        : pointwise(packed, packed.padding, x);
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
        : pointwise(packed, packed.nothing, x);
  }

  /**
   * The convolution of x, with negative numbers cut to 0.
   *
   * @param x {@code [batch, in, height, width]}
   * @return {@code [batch, out, height', width']}
   */
  public Tensor applyRelu(Tensor x) {
    return packed == null || rest != null
        ? Functional.relu(apply(x))
        : first(packed, packed.padding, x, OneDnn.get().relu);
  }

  /**
   * Adds the convolution of x to a tensor in place: many times cheaper than a sum of its own, which
   * would read and write the largest tensors of a network once more. In FLOAT32, and where the
   * types differ, the two are done one after the other all the same; in FLOAT32 because roundings
   * are to agree with the reference's.
   *
   * @param x {@code [batch, in, height, width]}
   * @param sum {@code [batch, out, height', width']}, with channels innermost; holds the result
   *     afterwards
   * @return {@code sum}
   */
  public Tensor addInto(Tensor sum, Tensor x) {
    return packed == null || sum.dtype() == DType.FLOAT32 || sum.dtype() != x.dtype()
        ? InPlace.add(sum, apply(x))
        : pointwiseInto(packed, packed.padding, sum, x);
  }

  /**
   * Adds to some rows of a result. As {@link #addInto}, but x has above and below what the kernel
   * sees there, and only its columns are padded with zeros.
   *
   * @param x {@code [batch, in, height + 2 padding, width]}
   * @param sum {@code [batch, out, height', width']}, of the type of x and with channels innermost;
   *     holds the result afterwards
   * @return {@code sum}
   */
  public Tensor addRowsInto(Tensor sum, Tensor x) {
    if (packed == null) {
      Tensor wide = Functional.padZeros(x, padding, padding, 0, 0);
      return InPlace.add(sum, Functional.conv2d(wide, weight, bias, stride, 0));
    }
    return pointwiseInto(packed, packed.sidewaysPadding, sum, x);
  }

  private Tensor pointwise(Packed packed, IValue padding, Tensor x) {
    OneDnn onednn = OneDnn.get();
    return rest == null
        ? first(packed, padding, x, onednn.nothing)
        : rest(padding, first(packed, padding, rest.before(x), onednn.nothing), rest.of(x));
  }

  private Tensor pointwiseInto(Packed packed, IValue padding, Tensor sum, Tensor x) {
    return rest == null
        ? firstInto(packed, padding, sum, x)
        : rest(padding, firstInto(packed, padding, sum, rest.before(x)), rest.of(x));
  }

  private Tensor rest(IValue padding, Tensor sum, Tensor x) {
    Convolution others = Objects.requireNonNull(rest).convolution;
    return others.pointwiseInto(Objects.requireNonNull(others.packed), padding, sum, x);
  }

  private static Tensor firstInto(Packed packed, IValue padding, Tensor sum, Tensor x) {
    OneDnn onednn = OneDnn.get();
    run(
        "conv2d, added",
        () ->
            onednn.convolutionInto.call(
                new IValue(sum.torch),
                new IValue(x.torch),
                packed.weight,
                packed.bias,
                padding,
                packed.stride,
                packed.dilation,
                onednn.one,
                onednn.add,
                onednn.none,
                onednn.none,
                onednn.noNumbers,
                onednn.none),
        sum,
        x);
    return sum;
  }

  private static Tensor first(Packed packed, IValue padding, Tensor x, IValue then) {
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
