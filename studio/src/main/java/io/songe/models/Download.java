package io.songe.models;

import io.songe.error.BrokenFileException;
import io.songe.file.FileHash;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one file, from where an earlier attempt ended, and gives it its name only when its
 * content is what the hub promised.
 */
final class Download {
  /** Attempts in a row that brought nothing. */
  private static final int MOST_FAILURES = 5;

  private static final int BUFFER = 1 << 16;

  private final Hub hub;
  private final HubModel model;
  private final HubFile file;
  private final Path target;
  private final Path part;
  private final Duration pause;
  private final LongConsumer have;

  /**
   * A download; nothing is done yet.
   *
   * @param target its final name; the folder above it exists
   * @param pause after the first failure; doubled after each further one
   * @param have hears how many bytes of the file are there
   */
  Download(Hub hub, HubModel model, HubFile file, Path target, Duration pause, LongConsumer have) {
    this.hub = hub;
    this.model = model;
    this.file = file;
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    this.pause = pause;
    this.have = have;
  }

  /**
   * Fetches what is missing.
   *
   * @throws BrokenFileException if the hub gave other bytes than it promised; they are removed
   * @throws HubUnavailableException if it broke off again and again; what came is kept
   * @throws CancellationException if the thread was interrupted; what came is kept
   * @throws IOException if the file cannot be written
   */
  void run() throws IOException {
    if (Files.isRegularFile(target) && Files.size(target) == file.size()) {
      have.accept(file.size());
      return;
    }
    int failures = 0;
    while (present() < file.size()) {
      long before = present();
      try {
        append(before);
      } catch (BrokenOff broken) {
        failures = present() > before ? 1 : failures + 1;
        if (failures == MOST_FAILURES) {
          throw new HubUnavailableException(
              "the hub broke off %d times in %s (%s); what was fetched is kept, run the command again to go on"
                  .formatted(failures, file.path(), broken.reason()),
              broken);
        }
        sleep(pause.multipliedBy(1L << (failures - 1)));
      }
    }
    if (Files.notExists(part)) {
      Files.createFile(part); // an empty file needs no request
    }
    settle();
  }

  private long present() throws IOException {
    return Files.isRegularFile(part) ? Files.size(part) : 0;
  }

  private void append(long from) throws IOException, BrokenOff {
    try (FileChannel out =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Hub.Content content = opened(from);
      try (InputStream bytes = new WatchedStream(content.bytes())) {
        out.truncate(content.from());
        out.position(content.from());
        transfer(bytes, out);
      }
    } catch (ClosedByInterruptException interrupted) {
      throw cancelled(interrupted);
    }
  }

  private Hub.Content opened(long from) throws BrokenOff {
    try {
      return hub.open(model, file, from);
    } catch (IOException failure) {
      throw new BrokenOff(failure);
    }
  }

  private void transfer(InputStream bytes, FileChannel out) throws IOException, BrokenOff {
    byte[] buffer = new byte[BUFFER];
    while (true) {
      int count;
      try {
        count = bytes.read(buffer);
      } catch (IOException failure) {
        throw new BrokenOff(failure);
      }
      if (Thread.currentThread().isInterrupted()) {
        throw cancelled(null);
      }
      if (count < 0) {
        if (out.position() < file.size()) {
          throw new BrokenOff(new IOException("it ended too early"));
        }
        return;
      }
      if (out.position() + count > file.size()) {
        out.truncate(0);
        throw wrong("gave more bytes than it promised");
      }
      ByteBuffer rest = ByteBuffer.wrap(buffer, 0, count);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      have.accept(out.position());
    }
  }

  /** Gives the file its name if it is the one that was promised. */
  private void settle() throws IOException {
    String promised = file.sha256().or(file::gitSha1).orElseThrow();
    String found = file.sha256().isPresent() ? FileHash.sha256(part) : GitSha1.of(part);
    if (!found.equals(promised)) {
      Files.delete(part);
      throw wrong(
          "gave other bytes than it promised: their fingerprint is %s, not %s"
              .formatted(found, promised));
    }
    try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private BrokenFileException wrong(String what) {
    return new BrokenFileException(
        "the hub %s for %s; nothing of it is kept, try again, and tell the model's authors if it stays so"
            .formatted(what, FileLabel.shorten(file.path())));
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException interrupted) {
      throw cancelled(interrupted);
    }
  }

  private static CancellationException cancelled(@Nullable Throwable cause) {
    CancellationException cancelled = new CancellationException("interrupted while fetching");
    if (cause != null) {
      cancelled.initCause(cause);
    }
    return cancelled;
  }

  /** The connection ended before the file did: worth another attempt. */
  private static final class BrokenOff extends Exception {
    BrokenOff(IOException cause) {
      super(cause);
    }

    String reason() {
      return getCause() instanceof IOException failure ? FileLabel.reason(failure) : "unknown";
    }
  }
}
