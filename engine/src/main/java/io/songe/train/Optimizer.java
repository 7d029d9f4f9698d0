package io.songe.train;

import io.songe.error.EngineException;
import io.songe.tensor.Scope;
import io.songe.tensor.Variable;
import java.util.Map;
import java.util.SequencedMap;

/** Changes variables so that a loss becomes smaller, by the gradients that they have. */
public sealed interface Optimizer extends AutoCloseable permits AdamW, Muon {
  /** The constants of an optimizer, which also say which one it is. */
  sealed interface Options permits AdamW.Options, Muon.Options {
    /**
     * An optimizer that has seen nothing yet.
     *
     * @param player whose variables it changes; they are alive as long as it is used
     * @return the optimizer, to be closed
     */
    Optimizer of(Player player);
  }

  /**
   * Changes every variable by its gradient, which stays.
   *
   * @param step how many steps were made before this one, from 0
   * @param rate the learning rate
   * @throws EngineException if a variable has no gradient; the message names it
   */
  void step(long step, double rate);

  /** {@return the means of gradients that it keeps, by the variables' names} */
  SequencedMap<String, Variable> firstMoments();

  /** {@return the means of squared gradients that it keeps, by the variables' names} */
  SequencedMap<String, Variable> secondMoments();

  @Override
  void close();

  /**
   * Refuses to make a step before all gradients are there.
   *
   * @param variables by name
   */
  static void requireGradients(Map<String, Variable> variables) {
    try (Scope _ = Scope.open()) {
      variables.forEach((name, variable) -> {
        if (variable.gradient().isEmpty()) {
          throw new EngineException(name + " has no gradient: the loss does not depend on it");
        }
      });
    }
  }
}
