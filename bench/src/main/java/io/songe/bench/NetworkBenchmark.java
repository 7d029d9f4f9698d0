package io.songe.bench;

import io.songe.checkpoint.Checkpoint;
import io.songe.diffusion.Conditioning;
import io.songe.mini.SongeMini;
import io.songe.model.HiddenLayer;
import io.songe.tensor.Backend;
import io.songe.tensor.DType;
import io.songe.tensor.NormalGenerator;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.tensor.TensorOwner;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The networks of songe-mini, at the sizes of a picture of 256x256 pixels with guidance. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class NetworkBenchmark {
  /** In which type the networks compute. */
  @Param({"BFLOAT16", "FLOAT32"})
  private String type = "FLOAT32";

  /** How many threads an operation may use. */
  @Param({"1", "2"})
  private int threads = 1;

  private @Nullable Held held;

  /** What a run works on. */
  private record Held(
      TensorOwner owner, Checkpoint model, Tensor latents, Tensor context, Tensor ids) {}

  private Held held() {
    return Objects.requireNonNull(held, "open() comes first");
  }

  /** Opens the model and makes inputs. */
  @Setup
  public void open() {
    Backend.setThreads(threads);
    Checkpoint model = Checkpoint.open(SongeMini.folder(), DType.valueOf(type));
    TensorOwner owner = new TensorOwner();
    try (Scope _ = Scope.open()) {
      NormalGenerator normal = new NormalGenerator(0);
      int[] ids =
          model.textTowers().getFirst().tokenizer().truncated("un chat roux qui dort").toArray();
      held =
          new Held(
              owner,
              model,
              owner.own(normal.next(Shape.of(2, 4, 32, 32))),
              owner.own(
                  normal.next(
                      Shape.of(2, ids.length, model.textTowers().getFirst().encoder().width()))),
              owner.own(Tensor.of(Arrays.stream(ids).asLongStream().toArray(), 1, ids.length)));
    }
  }

  /** Frees everything. */
  @TearDown
  public void close() {
    held().owner.close();
    held().model.close();
  }

  /** {@return one number of one evaluation of the U-Net: with and without the phrase} */
  @Benchmark
  public double unet() {
    try (Scope _ = Scope.open()) {
      Tensor timesteps = Tensor.full(500, 2);
      return first(
          held().model.unet().predict(held().latents, timesteps, Conditioning.of(held().context)));
    }
  }

  /** {@return one number of one decoded picture} */
  @Benchmark
  public double decode() {
    try (Scope _ = Scope.open()) {
      return first(held().model.autoencoder().decode(held().latents.slice(0, 0, 1)));
    }
  }

  /** {@return one number of one encoded phrase} */
  @Benchmark
  public double encodePhrase() {
    try (Scope _ = Scope.open()) {
      return first(
          held()
              .model
              .textTowers()
              .getFirst()
              .encoder()
              .encode(held().ids, HiddenLayer.last())
              .tokens());
    }
  }

  private static double first(Tensor x) {
    return x.reshape(-1).select(0, 0).item();
  }
}
