package io.songe.text.syntax;

import io.songe.error.EngineException;

/**
 * The steps over which a phrase changes. A picture may be drawn in two passes, small and then
 * large; a phrase's moments go on counting in the second one.
 *
 * @param earlierSteps of the pass before, 0 in the first
 * @param steps of this pass
 */
public record SamplingPass(int earlierSteps, int steps) {
  /**
   * A checked pass.
   *
   * @throws EngineException if it has no steps
   */
  public SamplingPass {
    if (earlierSteps < 0 || steps < 1) {
      throw new EngineException(
          "a pass has steps, got " + steps + " after " + earlierSteps + " of another");
    }
  }

  /**
   * The only pass, or the first.
   *
   * @param steps how many it has
   * @return the pass
   */
  public static SamplingPass of(int steps) {
    return new SamplingPass(0, steps);
  }
}
