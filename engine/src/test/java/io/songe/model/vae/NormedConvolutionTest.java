package io.songe.model.vae;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.nn.NamedParameters;
import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.NormalGenerator;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures worked off in bands are what whole pictures are, rows at the bands' edges included. */
class NormedConvolutionTest {
  private static final int GROUPS = 4;
  private static final int CHANNELS = 64;

  /** FLOAT32 sums in another order; BFLOAT16 keeps 8 bits and rounds in other places. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32,  300, 256, 16, 110",
    "FLOAT32,  257, 300,  3, 110",
    "BFLOAT16, 300, 256, 16, 44",
    "BFLOAT16, 257, 300,  3, 44",
    "BFLOAT16,  40,  40, 16, 44"
  })
  void bands_give_what_the_whole_picture_gives(
      DType dtype, int height, int width, int out, double decibels) {
    try (Scope _ = Scope.open()) {
      NormalGenerator normal = new NormalGenerator(height);
      Map<String, Tensor> tensors =
          Map.of(
              "norm.weight", normal.next(Shape.of(CHANNELS)).to(dtype),
              "norm.bias", normal.next(Shape.of(CHANNELS)).to(dtype),
              "conv.weight", normal.next(Shape.of(out, CHANNELS, 3, 3)).times(0.05).to(dtype),
              "conv.bias", normal.next(Shape.of(out)).to(dtype));
      Tensor x = normal.next(Shape.of(1, CHANNELS, height, width)).plus(1).to(dtype).channelsLast();
      Tensor around = normal.next(Shape.of(1, out, height, width)).to(dtype).channelsLast();
      Tensor expected = expected(tensors, x.to(DType.FLOAT32).contiguous());

      try (NamedParameters parameters = new NamedParameters("test", dtype, tensors::get)) {
        NormedConvolution steps =
            new NormedConvolution(CHANNELS, out, GROUPS, "norm", "conv", parameters);
        Tensor actual = steps.forward(x);
        DType computed = actual.dtype();
        Tensor sum = steps.addInto(around.to(computed).copy(), x);

        assertThat(signalToNoise(expected, actual)).isGreaterThan(decibels);
        assertThat(signalToNoise(expected.plus(around), sum)).isGreaterThan(decibels);
      }
    }
  }

  private static Tensor expected(Map<String, Tensor> tensors, Tensor x) {
    Tensor normalized =
        Functional.groupNorm(
            x, GROUPS, exact(tensors, "norm.weight"), exact(tensors, "norm.bias"), 1e-6);
    return Functional.conv2d(
        Functional.silu(normalized),
        exact(tensors, "conv.weight"),
        exact(tensors, "conv.bias"),
        1,
        1);
  }

  private static Tensor exact(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name)).to(DType.FLOAT32);
  }

  /** Of the worst row, in decibels: a seam would be one row. */
  private static double signalToNoise(Tensor expected, Tensor actual) {
    Tensor signal = expected.square().mean(0, 1, 3);
    Tensor noise = expected.minus(actual.to(DType.FLOAT32)).square().mean(0, 1, 3);
    return -10 * Math.log10(noise.dividedBy(signal).reshape(-1).max(0).item());
  }
}
