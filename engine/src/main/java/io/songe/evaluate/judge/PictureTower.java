package io.songe.evaluate.judge;

import io.songe.nn.Conv2d;
import io.songe.nn.LayerNorm;
import io.songe.nn.Linear;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * From a picture to its features: convolutions that halve the side, a residual block after each,
 * then the mean and the largest value of every channel. Only these are normalized: on a processor
 * the gradient of a normalization at every level would take a third of the time.
 */
final class PictureTower {
  private static final double EPSILON = 1e-5;

  /** Red, green and blue on white, and coverage. */
  static final int PLANES = 4;

  private final List<Conv2d> halvings = new ArrayList<>();
  private final List<ResidualBlock> blocks = new ArrayList<>();
  private final LayerNorm norm;
  private final LayerNorm manner;
  private final Linear projection;
  private final DType dtype;

  PictureTower(JudgeConfig config, Parameters p) {
    dtype = p.dtype();
    List<Integer> widths = config.widths();
    for (int i = 0; i < widths.size(); i++) {
      int in = i == 0 ? PLANES : widths.get(i - 1);
      int kernel = i == 0 ? 5 : 3;
      halvings.add(
          new Conv2d(in, widths.get(i), kernel, 2, kernel / 2, p.in("levels." + i + ".halving")));
      blocks.add(new ResidualBlock(widths.get(i), p.in("levels." + i + ".block")));
    }
    int last = 2 * widths.getLast();
    norm = new LayerNorm(last, EPSILON, p.in("norm"));
    manner = new LayerNorm(manner(config), EPSILON, p.in("manner"));
    projection = new Linear(last, config.features(), p.in("projection"));
  }

  /** Whole names of the layers that begin as zeros, below a prefix. */
  static List<String> zeros(JudgeConfig config, String prefix) {
    return IntStream.range(0, config.widths().size())
        .mapToObj(i -> prefix + "levels." + i + ".block." + ResidualBlock.LAST)
        .toList();
  }

  /**
   * What is seen of pictures.
   *
   * @param features [batch, features], not yet normed
   * @param manner [batch, manner]: the mean and the largest value of every channel of every level,
   *     in which shapes are forgotten and ways of drawing are not
   */
  record Seen(Tensor features, Tensor manner) {}

  /** Channels of the manner. */
  static int manner(JudgeConfig config) {
    return 2 * config.widths().stream().mapToInt(width -> width).sum();
  }

  /** Planes [batch, 4, side, side] in [-1, 1] to what is seen of them. */
  Seen see(Tensor planes) {
    Tensor x = planes.channelsLast();
    List<Tensor> levels = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      x = blocks.get(i).forward(halvings.get(i).forwardRelu(x).to(dtype));
      Tensor pooled = Tensor.concat(List.of(x.mean(2, 3), x.max(2, 3)), 1);
      levels.add(pooled.reshape(pooled.dim(0), -1));
    }
    Tensor features = projection.forward(norm.forward(levels.getLast())).to(DType.FLOAT32);
    return new Seen(features, manner.forward(Tensor.concat(levels, 1)));
  }
}
