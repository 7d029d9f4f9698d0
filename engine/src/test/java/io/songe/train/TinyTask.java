package io.songe.train;

import io.songe.nn.Initialization;
import io.songe.nn.Linear;
import io.songe.nn.Parameters;
import io.songe.nn.Weights;
import io.songe.random.Draws;
import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two small maps that learn to add eight numbers, from samples that follow from the step alone. */
final class TinyTask implements TrainingTask, AutoCloseable {
  static final int SAMPLES = 16;
  private static final int WIDTH = 8;
  private static final int HIDDEN = 32;

  private final Draws draws = new Draws(7);
  final Weights weights;

  private final Change change;

  TinyTask() {
    this((_, loss) -> loss);
  }

  /** What is done to a loss, such as making it no number. */
  interface Change {
    Tensor of(long step, Tensor loss);
  }

  TinyTask(Change change) {
    this.change = change;
    this.weights = Weights.initial(TinyTask::network, Initialization.of(1));
  }

  private record Network(Linear in, Linear out) {
    Tensor forward(Tensor x) {
      return out.forward(Functional.silu(in.forward(x)));
    }
  }

  private static Network network(Parameters p) {
    return new Network(new Linear(WIDTH, HIDDEN, p.in("in")), new Linear(HIDDEN, 1, p.in("out")));
  }

  @Override
  public List<Player> players() {
    return List.of(new Adder());
  }

  @Override
  public int samplesPerStep() {
    return SAMPLES;
  }

  @Override
  public void close() {
    weights.close();
  }

  private final class Adder implements Player {
    @Override
    public String name() {
      return "model";
    }

    @Override
    public Map<String, Variable> variables() {
      return weights.variables();
    }

    @Override
    public Loss loss(long step, int part, int parts) {
      int samples = SAMPLES / parts;
      float[] numbers = new float[samples * WIDTH];
      float[] sums = new float[samples];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) (draws.uniform(step, (long) part * numbers.length + i) * 2 - 1);
        sums[i / WIDTH] += numbers[i];
      }
      Tensor estimate =
          network(weights.parameters(DType.FLOAT32)).forward(Tensor.of(numbers, samples, WIDTH));
      Tensor error = estimate.minus(Tensor.of(sums, samples, 1));
      LinkedHashMap<String, Tensor> figures = new LinkedHashMap<>();
      figures.put("distance", error.abs().mean());
      return new Loss(change.of(step, error.square().mean()), figures);
    }
  }
}
