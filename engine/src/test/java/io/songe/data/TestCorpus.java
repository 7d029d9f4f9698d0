package io.songe.data;

import io.songe.data.source.CorpusBuild;
import io.songe.data.source.Framing;
import io.songe.data.source.ShapeDrawings;
import java.nio.file.Path;

/**
 * A small corpus for tests, through the real writer, in well under a second: some shapes in four
 * styles ({@code flat}, {@code outline}, {@code soft}, {@code striped}), with English and French
 * captions. Tests outside the engine build the same with {@link ShapeDrawings}.
 */
public final class TestCorpus {
  private TestCorpus() {}

  /**
   * Builds a corpus and opens it.
   *
   * @param folder that does not exist yet, or is empty
   * @param side of the pictures, in pixels
   * @param concepts how many shapes, 1 to 12, each in four styles
   * @return the corpus, to be closed
   */
  public static Corpus open(Path folder, int side, int concepts) {
    new CorpusBuild(side, Framing.MARGIN).run(ShapeDrawings.of(concepts), folder, (_, _) -> {});
    return Corpus.open(folder);
  }
}
