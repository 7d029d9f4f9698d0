package io.songe.train;

import io.songe.tensor.Variable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The exponential moving average of variables, which draws better than their last values (Polyak
 * and Juditsky 1992; Ho et al. 2020, appendix B). Early on it forgets faster, so that the beginning
 * does not stay in it.
 */
public final class MovingAverage implements AutoCloseable {
  private final double decay;
  private final SequencedMap<String, Variable> followed;
  private final SequencedMap<String, Variable> averages = new LinkedHashMap<>();

  /**
   * An average that begins as the present values.
   *
   * @param variables that are followed
   * @param decay how much of the average stays in a step, in the long run; 0 to below 1
   */
  public MovingAverage(Map<String, Variable> variables, double decay) {
    this.decay = decay;
    this.followed = new LinkedHashMap<>(variables);
    variables.forEach((name, variable) -> averages.put(name, Variable.of(variable.value())));
  }

  /**
   * Moves the averages towards the present values.
   *
   * @param step how many steps were made, from 1
   */
  public void update(long step) {
    double stays = Math.min(decay, (1.0 + step) / (10 + step));
    Iterator<Variable> targets = followed.values().iterator();
    averages.values().forEach(average -> average.approach(targets.next().value(), 1 - stays));
  }

  /** {@return the averages by the variables' names} */
  public SequencedMap<String, Variable> averages() {
    return averages;
  }

  @Override
  public void close() {
    averages.values().forEach(Variable::close);
  }
}
