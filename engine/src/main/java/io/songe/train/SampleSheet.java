package io.songe.train;

import io.songe.tensor.Variable;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;

/** Draws what a model can do by now. */
@FunctionalInterface
public interface SampleSheet {
  /**
   * Draws a sheet. Called outside of any scope with gradients, between two steps.
   *
   * @param file to be written, a PNG; the folder above it exists
   * @param averages of every player's variables, by the player's name
   */
  void draw(Path file, Map<String, SequencedMap<String, Variable>> averages);
}
