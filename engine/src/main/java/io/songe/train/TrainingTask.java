package io.songe.train;

import java.util.List;

/**
 * What is to be learned: one player, or several that are trained in turns within each step, such as
 * a forger and an expert. A task has no state of its own beside its players' variables: what it
 * computes in a step depends on them and on the step's number alone, so that a run can be gone on
 * with from any step.
 */
public interface TrainingTask {
  /** {@return who is trained, in the order in which they are within a step; at least one} */
  List<Player> players();

  /** {@return how many samples one step looks at} */
  int samplesPerStep();
}
