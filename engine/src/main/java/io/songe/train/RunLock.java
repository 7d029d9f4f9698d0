package io.songe.train;

import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second trainer out of a run: a lock on its config.json, which is never written anew. The
 * system gives it back when a process ends, however it ends.
 */
final class RunLock implements AutoCloseable {
  /** Beyond the file's end: where locks are binding, the file stays readable for others. */
  private static final long BEYOND = Long.MAX_VALUE - 1;

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws InvalidRequestException if another trainer has it
   */
  static RunLock of(RunFolder run) {
    Path file = run.config();
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new InvalidRequestException(
            "the run in %s is being trained by another process; wait for it, or stop it"
                .formatted(FileLabel.ofFolder(run.path()).text()));
      }
      return new RunLock(channel);
    } catch (IOException failure) {
      throw FileLabel.of(file).broken("cannot be locked: " + FileLabel.reason(failure), failure);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(BEYOND, 1, false);
    } catch (OverlappingFileLockException lockedHere) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException given) {
      // the system gives the lock back at the latest when the process ends
    }
  }
}
