package io.songe.tensor;

import static io.songe.tensor.Tensor.run;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The operations of neural networks, as pure functions of tensors. */
public final class Functional {
  private static final long KEYS_AT_ONCE = 16;

  /** libtorch's number for a loss that is the mean over the samples. */
  private static final long MEAN_REDUCTION = 1;

  /** Numbers in a batch of pictures from which on other loops for normalization pay. */
  private static final long LARGE_PICTURES = 1L << 18;

  /** Queries from which on attention in BFLOAT16 pays. */
  private static final long MANY_QUERIES = 256;

  /** Pairs of a query and a key up to which all their weights are computed at once in training. */
  private static final long FEW_PAIRS = 128 * 128;

  private Functional() {}

  /**
   * An affine map of the innermost dimension, {@code x W^T + b}.
   *
   * @param x {@code [..., in]}
   * @param weight {@code [out, in]}
   * @param bias {@code [out]}, or null for none
   * @return {@code [..., out]}
   */
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return run("linear", () -> torch.linear(x.torch, weight.torch, optional(bias)), x, weight);
  }

  /**
   * A two-dimensional convolution (cross-correlation), zero-padded on all sides.
   *
   * @param x {@code [batch, in, height, width]}
   * @param weight {@code [out, in, kernel, kernel]}
   * @param bias {@code [out]}, or null for none
   * @param stride step in both directions
   * @param padding zeros added on each side
   * @return {@code [batch, out, height', width']}
   */
  public static Tensor conv2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, long stride, long padding) {
    return run(
        "conv2d",
        () ->
            torch.conv2d(
                x.torch,
                weight.torch,
                optional(bias),
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                1),
        x,
        weight);
  }

  /**
   * Adds zeros around the two innermost dimensions.
   *
   * @param x {@code [..., height, width]}
   * @param left columns before
   * @param right columns after
   * @param top rows before
   * @param bottom rows after
   * @return the larger tensor
   */
  public static Tensor padZeros(Tensor x, long left, long right, long top, long bottom) {
    return run("padZeros", () -> torch.pad(x.torch, new long[] {left, right, top, bottom}), x);
  }

  /**
   * Continues tensors beyond their edges with what is at the opposite edge, as if they were laid
   * side by side along one dimension.
   *
   * @param x any tensor
   * @param dimension along which it is continued, from 0, or negative from the innermost
   * @param before how many positions are added at the beginning, at most as many as there are
   * @param after how many are added at the end, at most as many as there are
   * @return the larger tensor
   */
  public static Tensor padWrapped(Tensor x, int dimension, long before, long after) {
    long size = x.dim(dimension);
    List<Tensor> parts = new ArrayList<>();
    if (before > 0) {
      parts.add(x.slice(dimension, size - before, size));
    }
    parts.add(x);
    if (after > 0) {
      parts.add(x.slice(dimension, 0, after));
    }
    return parts.size() == 1 ? x : Tensor.concat(parts, dimension);
  }

  /**
   * Group normalization. Wu and He 2018, equation 1: mean 0 and variance 1 within each group of
   * channels of each sample, then an affine map by channel. In FLOAT32 it is libtorch's own, to the
   * bit; in BFLOAT16 faster loops may do it.
   *
   * @param x {@code [batch, channels, ...]}
   * @param groups number of groups; divides the channels
   * @param weight {@code [channels]}
   * @param bias {@code [channels]}
   * @param epsilon added to the variance
   * @return as x
   */
  public static Tensor groupNorm(Tensor x, int groups, Tensor weight, Tensor bias, double epsilon) {
    if (x.dtype() == DType.BFLOAT16
        && x.shape().elements() >= LARGE_PICTURES
        && GroupStatistics.fit(x)) {
      return GroupStatistics.normalizeEach(
          x, groups, weight.to(DType.FLOAT32), bias.to(DType.FLOAT32), epsilon);
    }
    return slowWithChannelsInnermost(x, groups)
        ? nativeGroupNorm(x.contiguous(), groups, weight, bias, epsilon).channelsLast()
        : nativeGroupNorm(x, groups, weight, bias, epsilon);
  }

  /**
   * On small pictures with channels innermost, and on all when it computes gradients, libtorch goes
   * through each group of each pixel by itself: unless a group fills whole vector registers, that
   * takes up to several times as long as turning the picture round and back.
   */
  private static boolean slowWithChannelsInnermost(Tensor x, int groups) {
    if (x.torch.dim() != 4 || x.torch.is_contiguous()) {
      return false;
    }
    long lanes = x.dtype() == DType.FLOAT32 ? 8 : 16;
    boolean pixelByPixel = GradMode.is_enabled() || x.dim(2) * x.dim(3) < 1024;
    return pixelByPixel && x.dim(1) / groups % lanes != 0;
  }

  private static Tensor nativeGroupNorm(
      Tensor x, int groups, Tensor weight, Tensor bias, double epsilon) {
    return run(
        "groupNorm",
        () -> torch.group_norm(x.torch, groups, optional(weight), optional(bias), epsilon, false),
        x,
        weight);
  }

  /**
   * Layer normalization. Ba, Kiros and Hinton 2016, equation 4, over the innermost dimension.
   *
   * @param x {@code [..., width]}
   * @param weight {@code [width]}
   * @param bias {@code [width]}
   * @param epsilon added to the variance
   * @return as x
   */
  public static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double epsilon) {
    return run(
        "layerNorm",
        () ->
            torch.layer_norm(
                x.torch,
                new long[] {weight.dim(0)},
                optional(weight),
                optional(bias),
                epsilon,
                false),
        x,
        weight);
  }

  /**
   * Scaled dot-product attention, {@code softmax(q k^T scale) v}. Vaswani et al. 2017, equation 1.
   * No more than a few rows of the weights exist at a time, so memory grows with the tokens and not
   * with their square.
   *
   * <p>BFLOAT16 is computed in FLOAT32 unless the processor multiplies whole tiles and there are
   * many queries: without tiles libtorch's path for it is forty times slower, with them more than
   * twice as fast.
   *
   * @param q queries {@code [batch, heads, queries, width]}
   * @param k keys {@code [batch, heads, keys, width]}
   * @param v values {@code [batch, heads, keys, width]}
   * @param causal whether query i sees only keys 0 to i
   * @return {@code [batch, heads, queries, width]}, scaled by {@code 1 / sqrt(width)}
   */
  public static Tensor attention(Tensor q, Tensor k, Tensor v, boolean causal) {
    if (q.dtype() == DType.BFLOAT16 && GradMode.is_enabled() && q.dim(2) * k.dim(2) <= FEW_PAIRS) {
      return attentionByProducts(q, k, v, causal);
    }
    if (q.dtype() == DType.BFLOAT16
        && (!Backend.hasBfloat16Tiles() || q.dim(2) < MANY_QUERIES || GradMode.is_enabled())) {
      return attention(q.to(DType.FLOAT32), k.to(DType.FLOAT32), v.to(DType.FLOAT32), causal)
          .to(q.dtype());
    }
    if (q.dtype() == DType.BFLOAT16 && k.dim(2) % KEYS_AT_ONCE != 0 && !causal) {
      return withWholeGroupsOfKeys(q, k, v);
    }
    return attention(q, k, v, new TensorOptional(), causal);
  }

  /**
   * Attention as the formula says, with all weights at once and the softmax in FLOAT32: of few
   * tokens, forward and back it takes a quarter less time than libtorch's blocks in FLOAT32, and a
   * small part of what they take in BFLOAT16.
   */
  private static Tensor attentionByProducts(Tensor q, Tensor k, Tensor v, boolean causal) {
    Tensor scores =
        q.times(1 / Math.sqrt((double) q.dim(3))).matmul(k.transpose(2, 3)).to(DType.FLOAT32);
    Tensor weights = softmax(causal ? scores.plus(hidden(q.dim(2), k.dim(2))) : scores);
    return weights.to(q.dtype()).matmul(v);
  }

  /** What is added to scores so that query i sees only keys 0 to i. */
  private static Tensor hidden(long queries, long keys) {
    return run("hidden", () -> Tensor.full(Double.NEGATIVE_INFINITY, queries, keys).torch.triu(1));
  }

  /** An odd number of keys, as texts have, takes twice the time of a few more that are masked. */
  private static Tensor withWholeGroupsOfKeys(Tensor q, Tensor k, Tensor v) {
    long keys = k.dim(2);
    long more = KEYS_AT_ONCE - keys % KEYS_AT_ONCE;
    Tensor mask =
        Tensor.concat(
                List.of(Tensor.zeros(1, keys), Tensor.full(Double.NEGATIVE_INFINITY, 1, more)), 1)
            .to(q.dtype());
    return attention(
        q,
        padZeros(k, 0, 0, 0, more),
        padZeros(v, 0, 0, 0, more),
        new TensorOptional(mask.torch),
        false);
  }

  private static Tensor attention(
      Tensor q, Tensor k, Tensor v, TensorOptional mask, boolean causal) {
    return run(
        "attention",
        () ->
            torch.scaled_dot_product_attention(
                q.torch, k.torch, v.torch, mask, 0, causal, new DoubleOptional(), false),
        q,
        k,
        v);
  }

  /**
   * Looks rows up.
   *
   * @param table {@code [entries, width]}
   * @param indices INT64 of any shape
   * @return {@code [..., width]}
   */
  public static Tensor embedding(Tensor table, Tensor indices) {
    return run("embedding", () -> torch.embedding(table.torch, indices.torch), table, indices);
  }

  /**
   * {@return {@code x sigmoid(x)}; Hendrycks and Gimpel 2016}
   *
   * @param x any tensor
   */
  public static Tensor silu(Tensor x) {
    return run("silu", () -> torch.silu(x.torch), x);
  }

  /**
   * {@return {@code x Phi(x)} with the exact normal distribution function}
   *
   * @param x any tensor
   */
  public static Tensor gelu(Tensor x) {
    return run("gelu", () -> torch.gelu(x.torch), x);
  }

  /**
   * {@return {@code x sigmoid(1.702 x)}, the GELU of the first CLIP models}
   *
   * @param x any tensor
   */
  public static Tensor quickGelu(Tensor x) {
    return x.times(sigmoid(x.times(1.702)));
  }

  /**
   * {@return {@code max(x, 0)}}
   *
   * @param x any tensor
   */
  public static Tensor relu(Tensor x) {
    return run("relu", () -> torch.relu(x.torch), x);
  }

  /**
   * {@return {@code x} where it is above 0, else {@code slope x}; Maas, Hannun and Ng 2013}
   *
   * @param x any tensor
   * @param slope 0 to 1
   */
  public static Tensor leakyRelu(Tensor x, double slope) {
    return run("leakyRelu", () -> torch.leaky_relu(x.torch, new Scalar(slope)), x);
  }

  /**
   * {@return the same numbers as a constant, sharing their memory: no gradient follows them back}
   *
   * @param x any tensor
   */
  public static Tensor constant(Tensor x) {
    return run("constant", () -> x.torch.detach(), x);
  }

  /**
   * {@return {@code 1 / (1 + exp(-x))}}
   *
   * @param x any tensor
   */
  public static Tensor sigmoid(Tensor x) {
    return run("sigmoid", () -> torch.sigmoid(x.torch), x);
  }

  /**
   * {@return the hyperbolic tangent}
   *
   * @param x any tensor
   */
  public static Tensor tanh(Tensor x) {
    return run("tanh", () -> torch.tanh(x.torch), x);
  }

  /**
   * {@return weights that sum to 1 along the innermost dimension}
   *
   * @param x any tensor
   */
  public static Tensor softmax(Tensor x) {
    return run("softmax", () -> torch.softmax(x.torch, -1), x);
  }

  /**
   * How surprising the right classes are: the mean of {@code -log softmax(logits)[target]} over the
   * rows that count.
   *
   * @param logits {@code [rows, classes]}, FLOAT32
   * @param targets the right class of each row, {@code [rows]}, INT64
   * @param ignored rows with this target do not count; -1 where all do
   * @return one number; not a number if no row counts
   */
  public static Tensor crossEntropy(Tensor logits, Tensor targets, long ignored) {
    return run(
        "crossEntropy",
        () ->
            torch.cross_entropy_loss(
                logits.torch, targets.torch, new TensorOptional(), MEAN_REDUCTION, ignored, 0),
        logits,
        targets);
  }

  /**
   * How far what is expected is from what is the case: the mean over the rows of {@code -sum(target
   * log softmax(logits))}.
   *
   * @param logits {@code [rows, classes]}, FLOAT32
   * @param targets how likely each class is, {@code [rows, classes]}, FLOAT32, each row summing to
   *     1
   * @return one number
   */
  public static Tensor crossEntropy(Tensor logits, Tensor targets) {
    return run(
        "crossEntropy",
        () -> torch.cross_entropy_loss(logits.torch, targets.torch),
        logits,
        targets);
  }

  /**
   * Enlarges pictures by repeating pixels.
   *
   * @param x {@code [batch, channels, height, width]}
   * @param height new height in pixels
   * @param width new width in pixels
   * @return {@code [batch, channels, height, width]}
   */
  public static Tensor upsampleNearest(Tensor x, long height, long width) {
    return run(
        "upsampleNearest",
        () ->
            torch.upsample_nearest2d(
                x.torch, new long[] {height, width}, new DoubleOptional(), new DoubleOptional()),
        x);
  }

  /**
   * Shrinks pictures by averaging squares.
   *
   * @param x {@code [batch, channels, height, width]}
   * @param side of the squares in pixels
   * @return {@code [batch, channels, height / side, width / side]}
   */
  public static Tensor averagePool(Tensor x, long side) {
    return run(
        "averagePool",
        () ->
            torch.avg_pool2d(
                x.torch,
                new long[] {side, side},
                new long[] {side, side},
                new long[] {0, 0},
                false,
                true,
                new LongOptional()),
        x);
  }

  /**
   * What lies between two tensors: {@code first + (second - first) weight}.
   *
   * @param first of any shape
   * @param second of the same shape
   * @param weight 0 gives the first, 1 the second
   * @return of the same shape
   */
  public static Tensor between(Tensor first, Tensor second, double weight) {
    return run(
        "lerp", () -> torch.lerp(first.torch, second.torch, new Scalar(weight)), first, second);
  }

  private static TensorOptional optional(@Nullable Tensor tensor) {
    return tensor == null ? new TensorOptional() : new TensorOptional(tensor.torch);
  }
}
