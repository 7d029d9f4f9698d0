package io.songe.train;

import io.songe.tensor.Variable;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** One network, or several that share a loss, and what it is to make small. */
public interface Player {
  /**
   * {@return what to call it in files, such as {@code model}; different from the other players'}
   */
  String name();

  /** {@return the variables that are trained, by name} */
  Map<String, Variable> variables();

  /**
   * {@return names of the variables of layers that neither read what comes in nor give what goes
   * out} {@link Muon} changes their matrices in its own way.
   */
  default Set<String> hidden() {
    return Set.of();
  }

  /**
   * The loss of one part of a step's samples. Called in a scope with gradients, which is closed
   * when the gradients have been followed back. Everything random in it is drawn from the step, the
   * part and a seed (see {@link io.songe.random.Draws}), so that a run can be gone on with.
   *
   * @param step from 0
   * @param part which part, from 0
   * @param parts into how many parts the step's samples are divided; gradients of all parts are
   *     averaged (gradient accumulation)
   * @return the loss, and figures to be written beside it
   */
  Loss loss(long step, int part, int parts);

  /**
   * {@return how much of the time of the last {@link #loss} went into fetching samples} The metrics
   * show it apart from the rest.
   */
  default Duration dataTime() {
    return Duration.ZERO;
  }
}
