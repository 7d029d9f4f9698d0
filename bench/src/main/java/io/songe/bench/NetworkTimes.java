package io.songe.bench;

import io.songe.checkpoint.Checkpoint;
import io.songe.diffusion.Conditioning;
import io.songe.pipeline.Precision;
import io.songe.tensor.Backend;
import io.songe.tensor.Convolution;
import io.songe.tensor.DType;
import io.songe.tensor.NormalGenerator;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.tensor.TensorOwner;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Times a model's U-Net and decoder alone, as {@code bench/peers/diffusers_networks.py} does, and
 * prints the same line of JSON; and what the machine can do at most, by a plain convolution.
 *
 * <p>Arguments: model folder, precision, threads, side in pixels, number of evaluations, number of
 * decoded pictures.
 */
final class NetworkTimes {
  private static final int TOKENS = 77;
  private static final double TIMESTEP = 951;
  private static final int PEAK_CHANNELS = 640;
  private static final int PEAK_SIDE = 64;
  private static final int PEAK_RUNS = 12;

  private NetworkTimes() {}

  public static void main(String[] arguments) {
    Precision precision = Precision.named(arguments[1]);
    Backend.setThreads(Integer.parseInt(arguments[2]));
    try (Checkpoint model = Checkpoint.open(Path.of(arguments[0]), precision.dtype());
        Scope _ = Scope.open()) {
      int side = Integer.parseInt(arguments[3]) / model.autoencoder().factor();
      NormalGenerator normal = new NormalGenerator(7);
      Tensor x = normal.next(Shape.of(1, model.autoencoder().latentChannels(), side, side));
      Conditioning context =
          Conditioning.of(
              normal.next(Shape.of(1, TOKENS, model.textTowers().getFirst().encoder().width())));
      double[] evaluations =
          seconds(
              Integer.parseInt(arguments[4]),
              () -> model.unet().predict(x, Tensor.full(TIMESTEP, 1), context));
      double[] decodes =
          seconds(Integer.parseInt(arguments[5]), () -> model.autoencoder().decode(x));
      System.out.printf(
          Locale.ROOT,
          "{\"engine\": \"Songe\", \"unet_s\": %.4f, \"decode_s\": %.4f, \"peak_gflops\": %.0f}%n",
          least(evaluations),
          least(decodes),
          peak(precision.dtype()));
    }
  }

  /** The least is what the machine can do; the others were disturbed. */
  private static double least(double[] seconds) {
    return DoubleStream.of(seconds).min().orElse(Double.NaN);
  }

  private static double[] seconds(int runs, Runnable computation) {
    return IntStream.range(0, runs)
        .mapToDouble(run -> {
          long began = System.nanoTime();
          try (Scope _ = Scope.open()) {
            computation.run();
          }
          return (System.nanoTime() - began) / 1e9;
        })
        .toArray();
  }

  /** In GFLOP/s: the best of some convolutions of a size that suits the machine. */
  private static double peak(DType dtype) {
    NormalGenerator normal = new NormalGenerator(1);
    try (TensorOwner owner = new TensorOwner()) {
      Tensor weight = normal.next(Shape.of(PEAK_CHANNELS, PEAK_CHANNELS, 3, 3)).to(dtype);
      Convolution convolution = Convolution.packed(weight, null, 1, 1, owner);
      Tensor x =
          normal.next(Shape.of(1, PEAK_CHANNELS, PEAK_SIDE, PEAK_SIDE)).to(dtype).channelsLast();
      double operations = 2.0 * 9 * PEAK_CHANNELS * PEAK_CHANNELS * PEAK_SIDE * PEAK_SIDE;
      return operations / least(seconds(PEAK_RUNS, () -> convolution.apply(x))) / 1e9;
    }
  }
}
