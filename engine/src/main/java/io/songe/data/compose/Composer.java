package io.songe.data.compose;

import io.songe.data.Corpus;
import io.songe.data.Holdout;
import io.songe.error.EngineException;
import java.util.Map;

/**
 * An endless row of {@linkplain Composition compositions} from the drawings of one part of a
 * corpus. The composition at a position depends on the corpus, the shares, the seed and the
 * position alone, so that a row can be gone on with anywhere. Safe for use by several threads.
 */
public final class Composer {
  /**
   * A row of compositions.
   *
   * @param corpus gives the drawings; open as long as the row is used
   * @param part which drawings are taken
   * @param shares how often each kind appears, in parts of their sum; kinds that are not named do
   *     not appear
   * @param seed any number: another row for each
   */
  public Composer(
      Corpus corpus, Holdout.Part part, Map<Composition.Kind, Double> shares, long seed) {}

  /** {@return the usual shares: half plain drawings, the rest compositions of every kind} */
  public static Map<Composition.Kind, Double> usualShares() {
    return Map.of(Composition.Kind.PLAIN, 1.0);
  }

  /**
   * One composition.
   *
   * @param position from 0; any
   * @return the picture and its captions
   * @throws io.songe.error.BrokenFileException if a drawing cannot be read
   */
  public Composition at(long position) {
    throw new EngineException("not yet " + position);
  }
}
