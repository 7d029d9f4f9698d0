package io.songe.models;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A stream from the network that is given up when nothing comes for a while: the JDK's HTTP client
 * limits the time to the answer's beginning, and not to its end.
 */
final class WatchedStream extends FilterInputStream {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private final Duration longestSilence;

  WatchedStream(InputStream in) {
    this(in, LONGEST_SILENCE);
  }

  WatchedStream(InputStream in, Duration longestSilence) {
    super(in);
    this.longestSilence = longestSilence;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    CompletableFuture<Boolean> given = new CompletableFuture<>();
    // Closing is the only thing that wakes a read.
    CompletableFuture<Void> guard =
        given
            .completeOnTimeout(false, longestSilence.toMillis(), TimeUnit.MILLISECONDS)
            .thenAccept(inTime -> {
              if (!inTime) {
                closeQuietly();
              }
            });
    try {
      int count = super.read(buffer, offset, length);
      if (!given.complete(true) || guard.isCompletedExceptionally()) {
        throw new IOException("nothing came for " + longestSilence.toSeconds() + " s");
      }
      return count;
    } catch (IOException failure) {
      if (!given.complete(true)) {
        throw new IOException("nothing came for " + longestSilence.toSeconds() + " s", failure);
      }
      throw failure;
    }
  }

  private void closeQuietly() {
    try {
      super.close();
    } catch (IOException alreadyGivenUp) {
      // whoever reads hears of it
    }
  }
}
