package io.songe.data;

import io.songe.error.EngineException;
import io.songe.image.Image;
import java.nio.file.Path;
import java.util.List;

/**
 * An opened corpus: a folder of shards, tar archives in which each picture {@code key.png} is
 * followed by {@code key.json} with its {@link Drawing} (the WebDataset convention), and {@code
 * corpus.json}, which tells how it was built. Safe for use by several threads.
 */
public final class Corpus implements AutoCloseable {
  private final List<Drawing> drawings;

  private Corpus(List<Drawing> drawings) {
    this.drawings = List.copyOf(drawings);
  }

  /**
   * Opens a corpus for reading.
   *
   * @param folder of a finished corpus
   * @return the corpus, open until it is closed
   * @throws io.songe.error.InvalidRequestException if the folder does not exist or holds no
   *     finished corpus
   * @throws io.songe.error.BrokenFileException if a file is missing, damaged or contradicts another
   */
  public static Corpus open(Path folder) {
    throw new EngineException("not yet " + folder);
  }

  /** {@return the drawings in the order of the shards, which is that of their keys} */
  public List<Drawing> drawings() {
    return drawings;
  }

  /** {@return height and width of every picture, in pixels} */
  public int side() {
    return 0;
  }

  /** {@return what the content is, as 64 hexadecimal digits: the same for identical builds} */
  public String sha256() {
    return "";
  }

  /**
   * One picture, with straight coverage.
   *
   * @param drawing its position in {@link #drawings()}
   * @return the picture, {@link #side()} pixels wide and high
   * @throws io.songe.error.BrokenFileException if it cannot be read
   */
  public Image picture(int drawing) {
    throw new EngineException("not yet " + drawing);
  }

  /**
   * Lays all pictures decoded into one file beside the shards, from which {@link #picture} then
   * reads many times as fast; does nothing where that was done already. For {@code n} drawings it
   * takes {@code 4 n side side} bytes.
   */
  public void unpack() {}

  @Override
  public void close() {}
}
