package io.songe.tensor;

import static io.songe.tensor.Tensor.run;

import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Mean and variance of one picture's groups of channels, written out for each channel: what a group
 * normalization needs to know of the whole picture, after which any part of it can be normalized.
 *
 * <p>With these, a picture with channels innermost goes through the loops of batch normalization,
 * which walk such a picture three times as fast as libtorch's group normalization does. They record
 * no gradients.
 */
public final class GroupStatistics {
  private static final double UNUSED_MOMENTUM = 0;

  private final Tensor mean;
  private final Tensor variance;

  private GroupStatistics(Tensor mean, Tensor variance) {
    this.mean = mean;
    this.variance = variance;
  }

  /** {@return whether x is what this is for: pictures with channels innermost, and no gradients} */
  public static boolean fit(Tensor x) {
    return x.torch.dim() == 4
        && !x.torch.is_contiguous()
        && x.torch.is_contiguous(torch.MemoryFormat.ChannelsLast)
        && (x.dtype() == DType.FLOAT32 || x.dtype() == DType.BFLOAT16)
        && !GradMode.is_enabled();
  }

  /**
   * Looks at a picture.
   *
   * @param picture {@code [1, channels, height, width]}, such that it {@linkplain #fit fits}
   * @param groups number of groups; divides the channels
   * @return its statistics, in FLOAT32
   */
  public static GroupStatistics of(Tensor picture, int groups) {
    long channels = picture.dim(1);
    TensorOptional zeros = new TensorOptional(Tensor.zeros(channels).torch);
    T_TensorTensor_T byChannel =
        torch.batch_norm_update_stats(picture.torch, zeros, zeros, UNUSED_MOMENTUM);
    Tensor means = new Tensor(byChannel.get0()).reshape(groups, -1);
    Tensor mean = means.mean(1);
    // as a sum of squares around the group's mean: their difference from it would lose digits
    Tensor variance =
        new Tensor(byChannel.get1()).reshape(groups, -1).plus(means.minus(mean).square()).mean(1);
    // an overflow must show: divided by an infinite deviation, everything would be a tame 0
    Tensor shown = variance.plus(variance.minus(variance));
    return new GroupStatistics(
        perChannel(mean, groups, channels), perChannel(shown, groups, channels));
  }

  /** [groups, 1] -> [channels]. */
  private static Tensor perChannel(Tensor perGroup, int groups, long channels) {
    return perGroup.expand(groups, channels / groups).reshape(channels);
  }

  /**
   * Normalizes all of the picture, or some of its rows.
   *
   * @param rows {@code [1, channels, rows, width]}
   * @param weight {@code [channels]}, FLOAT32
   * @param bias {@code [channels]}, FLOAT32
   * @param epsilon added to the variance
   * @return as {@code rows}
   */
  public Tensor normalize(Tensor rows, Tensor weight, Tensor bias, double epsilon) {
    Tensor normalized = emptyLike(rows);
    normalizeInto(normalized, rows, weight, bias, epsilon);
    return normalized;
  }

  private static Tensor emptyLike(Tensor x) {
    return run(
        "empty",
        () ->
            torch.empty(
                x.shape().toArray(),
                x.torch.options(),
                new MemoryFormatOptional(torch.MemoryFormat.ChannelsLast)),
        x);
  }

  private void normalizeInto(
      Tensor normalized, Tensor rows, Tensor weight, Tensor bias, double epsilon) {
    Tensor unused = Tensor.zeros(0);
    run(
        "groupNorm",
        () ->
            torch
                .native_batch_norm_out(
                    normalized.torch,
                    unused.torch,
                    unused.torch,
                    rows.torch,
                    new TensorOptional(weight.torch),
                    new TensorOptional(bias.torch),
                    new TensorOptional(mean.torch),
                    new TensorOptional(variance.torch),
                    false,
                    UNUSED_MOMENTUM,
                    epsilon)
                .get0(),
        rows,
        weight);
  }

  /** Normalizes each picture of a batch by itself. */
  static Tensor normalizeEach(
      Tensor batch, int groups, Tensor weight, Tensor bias, double epsilon) {
    Tensor normalized = emptyLike(batch);
    for (long i = 0; i < batch.dim(0); i++) {
      Tensor picture = batch.slice(0, i, i + 1);
      of(picture, groups)
          .normalizeInto(normalized.slice(0, i, i + 1), picture, weight, bias, epsilon);
    }
    return normalized;
  }
}
