package io.songe.train;

import io.songe.tensor.Variable;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SequencedMap;

/** Draws what a model can do by now, and may measure it. */
@FunctionalInterface
public interface SampleSheet {
  /** Draws nothing. */
  SampleSheet NONE = (_, _) -> Collections.emptyNavigableMap();

  /**
   * Draws a sheet. Called outside of any scope with gradients, between two steps.
   *
   * @param file to be written, a PNG; the folder above it exists
   * @param averages of every player's variables, by the player's name
   * @return figures that were measured, by names of letters, digits and underscores, the same ones
   *     each time; may be empty
   */
  SequencedMap<String, Double> draw(
      Path file, Map<String, SequencedMap<String, Variable>> averages);
}
