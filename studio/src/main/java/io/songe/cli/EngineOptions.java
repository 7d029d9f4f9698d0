package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.tensor.Backend;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how much of the machine to use. */
final class EngineOptions {
  /** More than processors are allowed, to repeat a picture of a larger machine to the last bit. */
  private static final int MOST_THREADS = 64;

  @Option(names = "--threads", paramLabel = "N")
  private @Nullable Integer threads;

  /**
   * Sets the number of threads.
   *
   * @throws InvalidRequestException if there cannot be so many
   */
  void prepare(Surroundings around) {
    if (threads == null) {
      return;
    }
    int most = Math.max(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    if (threads < 1 || threads > most) {
      throw new InvalidRequestException(
          around.say(Text.THREADS_OUT_OF_RANGE, most, String.valueOf(threads)));
    }
    Backend.setThreads(threads);
  }
}
