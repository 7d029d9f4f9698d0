package io.songe.train;

import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A player with what training adds to it: an optimizer and a moving average. */
final class Learner implements AutoCloseable {
  private final Player player;
  private final List<Variable> variables;
  private final Optimizer optimizer;
  private final MovingAverage average;
  private final TrainingOptions options;

  Learner(Player player, TrainingOptions options) {
    this.player = player;
    this.options = options;
    this.variables = List.copyOf(player.variables().values());
    if (variables.isEmpty()) {
      throw new EngineException("the player " + player.name() + " has nothing to train");
    }
    this.optimizer = options.optimizer().of(player);
    this.average = new MovingAverage(player.variables(), options.averaging());
  }

  String name() {
    return player.name();
  }

  SequencedMap<String, Variable> averages() {
    return average.averages();
  }

  /** {@return everything that a saved state holds of this player, by its names there} */
  Map<String, Variable> state() {
    Map<String, Variable> state = new LinkedHashMap<>();
    name("variable", player.variables(), state);
    name("first", optimizer.firstMoments(), state);
    name("second", optimizer.secondMoments(), state);
    name("average", average.averages(), state);
    return state;
  }

  private void name(String kind, Map<String, Variable> named, Map<String, Variable> into) {
    named.forEach(
        (name, variable) -> into.put(SavedState.tensorName(player.name(), kind, name), variable));
  }

  void clearGradients() {
    variables.forEach(Variable::clearGradient);
  }

  /**
   * One step of this player; the gradients of all players are clear before it.
   *
   * @param step from 0
   * @param times to which it adds what it took
   * @return what was measured, by column
   * @throws InvalidRequestException if the loss or a gradient is not finite; nothing was changed
   */
  SequencedMap<String, Double> learn(long step, StepTimes times) {
    SequencedMap<String, Double> measured = new LinkedHashMap<>();
    for (int part = 0; part < options.parts(); part++) {
      try (Scope _ = Scope.withGradients()) {
        Loss loss = times.forward(player, step, part, options.parts());
        double total = loss.total().item();
        requireFinite(step, "loss", total);
        note(measured, "loss", total);
        loss.figures().forEach((name, figure) -> note(measured, name, figure.item()));
        Tensor share = loss.total().dividedBy(options.parts());
        times.backward(() -> Variable.backward(share));
      }
    }
    times.optimizer(() -> {
      double norm = Variable.clipGradients(variables, options.clip());
      requireFinite(step, "norm of the gradients", norm);
      measured.put(player.name() + ".gradient_norm", norm);
      optimizer.step(step, options.rate().at(step));
      average.update(step + 1);
    });
    return measured;
  }

  private void note(Map<String, Double> measured, String figure, double value) {
    measured.merge(player.name() + "." + figure, value / options.parts(), Double::sum);
  }

  private void requireFinite(long step, String what, double value) {
    if (!Double.isFinite(value)) {
      throw new InvalidRequestException(
          "in step %d the %s of %s is %s; the state saved before is kept. Try a lower learning rate"
                  .formatted(step + 1, what, player.name(), value)
              + " (it was %s), stronger clipping (it was %s), or computing in FLOAT32"
                  .formatted((float) options.rate().at(step), options.clip()));
    }
  }

  @Override
  public void close() {
    clearGradients();
    optimizer.close();
    average.close();
  }
}
