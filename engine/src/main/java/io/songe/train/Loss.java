package io.songe.train;

import io.songe.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What a player is to make small.
 *
 * @param total one number
 * @param figures further numbers by name, such as the terms that were added up, written to the
 *     run's metrics; the same names in every step
 */
public record Loss(Tensor total, SequencedMap<String, Tensor> figures) {
  /** A loss with its figures copied. */
  public Loss {
    figures = new LinkedHashMap<>(figures);
  }

  /**
   * {@return a loss without further figures}
   *
   * @param total one number
   */
  public static Loss of(Tensor total) {
    return new Loss(total, new LinkedHashMap<>(Map.of()));
  }
}
