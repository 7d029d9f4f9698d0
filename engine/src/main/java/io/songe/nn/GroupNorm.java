package io.songe.nn;

import io.songe.tensor.Functional;
import io.songe.tensor.GroupStatistics;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.function.UnaryOperator;

/** Group normalization. Wu and He 2018, equation 1. */
public final class GroupNorm {
  private final int groups;
  private final double epsilon;
  private final Tensor weight;
  private final Tensor bias;

  /**
   * A normalization with an affine map by channel.
   *
   * @param groups number of groups; divides the channels
   * @param channels of the input
   * @param epsilon added to the variance
   * @param p at the layer: weight and bias {@code [channels]}
   */
  public GroupNorm(int groups, long channels, double epsilon, Parameters p) {
    this.groups = groups;
    this.epsilon = epsilon;
    this.weight = p.exact("weight", Shape.of(channels));
    this.bias = p.exact("bias", Shape.of(channels));
  }

  /**
   * The normalized x.
   *
   * @param x {@code [batch, channels, ...]}
   * @return as x
   */
  public Tensor forward(Tensor x) {
    return Functional.groupNorm(x, groups, weight, bias, epsilon);
  }

  /**
   * The normalization that fits one picture, to be applied to its rows little by little.
   *
   * @param picture {@code [1, channels, height, width]}, such that it {@linkplain
   *     GroupStatistics#fit fits}
   * @return from some rows {@code [1, channels, rows, width]} to the same, normalized
   */
  public UnaryOperator<Tensor> of(Tensor picture) {
    GroupStatistics statistics = GroupStatistics.of(picture, groups);
    return rows -> statistics.normalize(rows, weight, bias, epsilon);
  }
}
