package io.songe.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast ways of computing give what the plain ones give, on shapes drawn at random. */
class PackedWeightsTest {
  private static final int CASES = 40;

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "BFLOAT16"})
  void a_packed_convolution_gives_what_the_plain_one_gives(DType dtype) {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      try (Scope _ = Scope.open();
          TensorOwner owner = new TensorOwner()) {
        NormalGenerator normal = new NormalGenerator(seed);
        int in = 1 + random.nextInt(40);
        int out = 1 + random.nextInt(40);
        int kernel = random.nextBoolean() ? 3 : 1;
        int stride = 1 + random.nextInt(2);
        int padding = random.nextInt(2);
        int side = kernel + random.nextInt(20);
        Tensor weight = normal.next(Shape.of(out, in, kernel, kernel)).to(dtype);
        Tensor bias = random.nextBoolean() ? normal.next(Shape.of(out)).to(dtype) : null;
        Tensor x =
            normal.next(Shape.of(1 + random.nextInt(3), in, side, side)).to(dtype).channelsLast();

        Convolution plain = Convolution.plain(weight.channelsLast(), bias, stride, padding);
        Convolution packed = Convolution.packed(weight, bias, stride, padding, owner);

        requireNear(packed.apply(x), plain.apply(x), dtype, seed);
        requireNear(packed.applyRelu(x), plain.applyRelu(x), dtype, seed);
        Tensor expected = plain.apply(x);
        Tensor around = normal.next(expected.shape()).to(dtype).channelsLast();
        requireNear(packed.addInto(around.copy(), x), expected.plus(around), dtype, seed);
        requireNear(plain.addInto(around.copy(), x), expected.plus(around), dtype, seed);
        Tensor tall = Functional.padZeros(x, 0, 0, padding, padding).channelsLast();
        requireNear(packed.addRowsInto(around.copy(), tall), expected.plus(around), dtype, seed);
        requireNear(plain.addRowsInto(around.copy(), tall), expected.plus(around), dtype, seed);
      }
    }
  }

  /** So many input channels that they may be done in parts. */
  @ParameterizedTest
  @ValueSource(longs = {641, 960, 1290, 1920})
  void many_channels_give_what_they_give_at_once(long in) {
    try (Scope _ = Scope.open();
        TensorOwner owner = new TensorOwner()) {
      NormalGenerator normal = new NormalGenerator(in);
      DType dtype = DType.BFLOAT16;
      Tensor weight = normal.next(Shape.of(24, in, 3, 3)).to(dtype);
      Tensor bias = normal.next(Shape.of(24)).to(dtype);
      Tensor x = normal.next(Shape.of(2, in, 9, 7)).to(dtype).channelsLast();
      Tensor around = normal.next(Shape.of(2, 24, 9, 7)).to(dtype).channelsLast();
      Tensor expected =
          Functional.conv2d(
              x.to(DType.FLOAT32), weight.to(DType.FLOAT32), bias.to(DType.FLOAT32), 1, 1);

      Convolution packed = Convolution.packed(weight, bias, 1, 1, owner);

      requireNear(packed.apply(x), expected, dtype, 0);
      requireNear(packed.applyRelu(x), Functional.relu(expected), dtype, 0);
      requireNear(packed.addInto(around.copy(), x), expected.plus(around), dtype, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "BFLOAT16"})
  void a_packed_doubling_convolution_gives_what_repeated_pixels_give(DType dtype) {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      try (Scope _ = Scope.open();
          TensorOwner owner = new TensorOwner()) {
        NormalGenerator normal = new NormalGenerator(seed);
        long in = 1L + random.nextInt(40);
        long out = 1L + random.nextInt(40);
        long height = 1L + random.nextInt(20);
        long width = 1L + random.nextInt(20);
        Tensor weight = normal.next(Shape.of(out, in, 3, 3)).to(dtype);
        Tensor bias = normal.next(Shape.of(out)).to(dtype);
        Tensor x = normal.next(Shape.of(2, in, height, width)).to(dtype).channelsLast();

        Tensor repeated = Functional.upsampleNearest(x.to(DType.FLOAT32), 2 * height, 2 * width);
        Tensor expected =
            Functional.conv2d(repeated, weight.to(DType.FLOAT32), bias.to(DType.FLOAT32), 1, 1);

        // BFLOAT16 rounds the sums of weights, too
        requireNear(
            DoublingConvolution.packed(weight, bias, owner).apply(x), expected, dtype, seed, 2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "BFLOAT16"})
  void a_doubling_convolution_wraps(DType dtype) {
    try (Scope _ = Scope.open();
        TensorOwner owner = new TensorOwner()) {
      NormalGenerator normal = new NormalGenerator(0);
      Tensor weight = normal.next(Shape.of(24, 16, 3, 3)).to(dtype);
      Tensor bias = normal.next(Shape.of(24)).to(dtype);
      Tensor x = normal.next(Shape.of(1, 16, 6, 9)).to(dtype).channelsLast();
      DoublingConvolution doubling = DoublingConvolution.packed(weight, bias, owner);
      Tensor around = Functional.padWrapped(Functional.padWrapped(x, 2, 6, 6), 3, 9, 9);
      Tensor expected = doubling.apply(around.channelsLast()).slice(2, 12, 24).slice(3, 18, 36);

      Tensor wrapped = Wrapping.XY.during(() -> doubling.apply(x));

      requireNear(wrapped, expected, dtype, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "BFLOAT16"})
  void a_packed_map_gives_what_the_plain_one_gives(DType dtype) {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      try (Scope _ = Scope.open();
          TensorOwner owner = new TensorOwner()) {
        NormalGenerator normal = new NormalGenerator(seed);
        int in = 1 + random.nextInt(80);
        int out = 1 + random.nextInt(80);
        Tensor weight = normal.next(Shape.of(out, in)).to(dtype);
        Tensor bias = random.nextBoolean() ? normal.next(Shape.of(out)).to(dtype) : null;
        Tensor tokens = normal.next(Shape.of(2, 1 + random.nextInt(70), in)).to(dtype);
        List<Tensor> inputs = List.of(tokens, tokens.select(1, 0), tokens.transpose(0, 1));

        AffineMap plain = AffineMap.plain(weight, bias);
        AffineMap packed = AffineMap.packed(weight, bias, owner);

        for (Tensor x : inputs) {
          Tensor expected = plain.apply(x);
          Tensor other = normal.next(expected.shape()).to(dtype);
          requireNear(packed.apply(x), expected, dtype, seed);
          requireNear(packed.applyPlus(x, other), expected.plus(other), dtype, seed);
          requireNear(packed.applyTimes(x, other), expected.times(other), dtype, seed);
          requireNear(packed.applyGelu(x), Functional.gelu(expected), dtype, seed);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "BFLOAT16"})
  void a_packed_gated_map_gives_what_its_equation_says(DType dtype) {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      try (Scope _ = Scope.open();
          TensorOwner owner = new TensorOwner()) {
        NormalGenerator normal = new NormalGenerator(seed);
        long in = 1L + random.nextInt(80);
        long out = 1L + random.nextInt(80);
        Tensor weight = normal.next(Shape.of(2 * out, in)).times(0.2).to(dtype);
        Tensor bias = normal.next(Shape.of(2 * out)).to(dtype);
        Tensor x = normal.next(Shape.of(2, 1 + random.nextInt(70), in)).to(dtype);

        List<Tensor> halves =
            Functional.linear(x.to(DType.FLOAT32), weight.to(DType.FLOAT32), bias.to(DType.FLOAT32))
                .chunk(2, -1);
        Tensor expected = halves.getFirst().times(Functional.gelu(halves.getLast()));

        // rounded up to three times on the way: values, gates, product
        requireNear(GatedMap.packed(weight, bias, owner).apply(x), expected, dtype, seed, 3);
        requireNear(GatedMap.plain(weight, bias).apply(x), expected, dtype, seed, 3);
      }
    }
  }

  /** Odd numbers of keys, and few or many queries: each may go another way. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "BFLOAT16"})
  void attention_gives_what_its_equation_says(DType dtype) {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      try (Scope _ = Scope.open()) {
        NormalGenerator normal = new NormalGenerator(seed);
        int heads = 1 + random.nextInt(3);
        int width = 1 + random.nextInt(90);
        int queries = 1 + random.nextInt(300);
        int keys = 1 + random.nextInt(100);
        Tensor q = normal.next(Shape.of(2, queries, heads, width)).to(dtype).transpose(1, 2);
        Tensor k = normal.next(Shape.of(2, keys, heads, width)).to(dtype).transpose(1, 2);
        Tensor v = normal.next(Shape.of(2, keys, heads, width)).to(dtype).transpose(1, 2);

        Tensor scores =
            q.to(DType.FLOAT64)
                .matmul(k.to(DType.FLOAT64).transpose(2, 3))
                .dividedBy(Math.sqrt(width));
        Tensor expected = Functional.softmax(scores).matmul(v.to(DType.FLOAT64));

        requireNear(Functional.attention(q, k, v, false), expected, dtype, seed);
      }
    }
  }

  /** Each group of each picture has mean 0 and variance 1, computed the long way in FLOAT64. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "BFLOAT16"})
  void group_norm_gives_what_its_equation_says_in_every_layout(DType dtype) {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      try (Scope _ = Scope.open()) {
        NormalGenerator normal = new NormalGenerator(seed);
        int groups = 1 + random.nextInt(8);
        int channels = groups * (1 + random.nextInt(20));
        int side = 1 + random.nextInt(40);
        Tensor x = normal.next(Shape.of(2, channels, side, side)).times(3).plus(2).to(dtype);
        Tensor weight = normal.next(Shape.of(channels)).to(dtype);
        Tensor bias = normal.next(Shape.of(channels)).to(dtype);

        Tensor grouped = x.to(DType.FLOAT64).reshape(2, groups, -1);
        Tensor centred = grouped.minus(grouped.mean(2));
        Tensor deviation = centred.square().mean(2).plus(1e-5).sqrt();
        Tensor expected =
            centred
                .dividedBy(deviation)
                .reshape(2, channels, side, side)
                .times(weight.to(DType.FLOAT64).reshape(1, channels, 1, 1))
                .plus(bias.to(DType.FLOAT64).reshape(1, channels, 1, 1));

        requireNear(Functional.groupNorm(x, groups, weight, bias, 1e-5), expected, dtype, seed);
        requireNear(
            Functional.groupNorm(x.channelsLast(), groups, weight, bias, 1e-5),
            expected,
            dtype,
            seed);
      }
    }
  }

  /** 40 pairs of 9.4 MB and 4.2 MB: without an end to them they would hold 544 MB. */
  @Test
  void a_closed_owner_frees_packed_weights() throws IOException {
    long before = residentBytes();

    for (int i = 0; i < 40; i++) {
      try (Scope _ = Scope.open();
          TensorOwner owner = new TensorOwner()) {
        Tensor x = Tensor.full(1, 1, 512, 4, 4).channelsLast();
        Tensor kernel = Tensor.full(i, 512, 512, 3, 3);
        Tensor square = Tensor.full(i, 1024, 1024);
        assertThat(Convolution.packed(kernel, null, 1, 1, owner).apply(x).isFinite()).isTrue();
        assertThat(AffineMap.packed(square, null, owner).apply(Tensor.full(1, 1, 1024)).isFinite())
            .isTrue();
      }
    }

    assertThat(residentBytes() - before).isLessThan(200L << 20);
  }

  /** 0 where the system does not tell. */
  private static long residentBytes() throws IOException {
    Path pages = Path.of("/proc/self/statm");
    return Files.exists(pages)
        ? 4096 * Long.parseLong(List.of(Files.readString(pages).split(" ")).get(1))
        : 0;
  }

  /** FLOAT32 sums in another order; BFLOAT16 keeps 8 bits, so 1/128 of the largest number. */
  private static void requireNear(Tensor actual, Tensor expected, DType dtype, int seed) {
    requireNear(actual, expected, dtype, seed, 1);
  }

  private static void requireNear(
      Tensor actual, Tensor expected, DType dtype, int seed, int roundings) {
    double largest = Math.max(1, expected.abs().reshape(-1).max(0).item());
    double error = actual.minus(expected).abs().reshape(-1).max(0).item();
    assertThat(actual.shape()).as("seed %s", seed).isEqualTo(expected.shape());
    assertThat(error / largest)
        .as("relative error of %s, seed %s", actual, seed)
        .isLessThan(roundings * (dtype == DType.FLOAT32 ? 2e-5 : 1.0 / 128));
  }
}
