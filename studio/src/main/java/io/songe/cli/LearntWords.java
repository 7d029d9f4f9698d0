package io.songe.cli;

import io.songe.checkpoint.StoredTokenizer;
import io.songe.data.Corpus;
import io.songe.data.compose.TokenizerTraining;
import io.songe.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tokenizer that is learned from a corpus's captions for a training that was given none. It is
 * the same each time, so that nothing of it needs to be kept but its copy in the model.
 */
final class LearntWords implements AutoCloseable {
  private final Path folder;
  private final StoredTokenizer tokenizer;

  private LearntWords(Path folder, StoredTokenizer tokenizer) {
    this.folder = folder;
    this.tokenizer = tokenizer;
  }

  /**
   * Learns.
   *
   * @param corpus from whose captions
   * @param around the words
   */
  static LearntWords of(Corpus corpus, Surroundings around) {
    try {
      Path folder = Files.createTempDirectory("songe-words");
      try {
        TrainTokenizerCommand.learn(corpus, TokenizerTraining.USUAL_VOCABULARY, folder, around);
        return new LearntWords(folder, StoredTokenizer.open(folder));
      } catch (RuntimeException failed) {
        FileTree.delete(folder);
        throw failed;
      }
    } catch (IOException failure) {
      throw unwritable(failure);
    }
  }

  private static UnwritableException unwritable(IOException failure) {
    return new UnwritableException(
        "the folder for temporary files cannot be written: " + failure.getMessage(), failure);
  }

  StoredTokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public void close() {
    try {
      FileTree.delete(folder);
    } catch (IOException failure) {
      throw unwritable(failure);
    }
  }
}
