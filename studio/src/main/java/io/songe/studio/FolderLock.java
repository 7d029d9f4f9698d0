package io.songe.studio;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Keeps a second process away from a studio's folder. The lock ends with the process, however that
 * ends.
 */
final class FolderLock implements AutoCloseable {
  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes a folder.
   *
   * @throws InvalidRequestException if another process has it
   * @throws BrokenFileException if it cannot be written to
   */
  static FolderLock take(Path folder) {
    try {
      makePrivate(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(channel)) {
        // A studio that was killed left its address, which is not where this one will be.
        RunningStudio.forget(folder);
        return new FolderLock(folder, channel);
      }
      channel.close();
    } catch (IOException denied) {
      throw new BrokenFileException(
          folder
              + " cannot be written to: "
              + denied.getMessage()
              + "; choose another folder with --folder or SONGE_STUDIO",
          denied);
    }
    throw new InvalidRequestException(
        "another Songe"
            + RunningStudio.find(folder).map(other -> ", at " + other.address() + ",").orElse("")
            + " uses "
            + folder
            + "; use that one, stop it, or choose another folder with --folder");
  }

  /** A folder that is made here is nobody else's; one that is there is as its owner wants it. */
  private static void makePrivate(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** The lock is let go with the channel. */
  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException bySameProcess) {
      return false;
    }
  }

  /** Says where the studio can be spoken to. */
  void announce(RunningStudio running) {
    running.write(folder);
  }

  /**
   * {@return the studio that has a folder, once it has said where it can be spoken to} Before that
   * the lock is not looked at, since looking takes it for a moment, from whoever takes the folder
   * just then.
   */
  static Optional<RunningStudio> holder(Path folder) {
    Optional<RunningStudio> announced = RunningStudio.find(folder);
    if (announced.isEmpty() || !Files.isRegularFile(folder.resolve("lock"))) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE)) {
      return isLocked(channel) ? Optional.empty() : announced;
    } catch (IOException denied) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    RunningStudio.forget(folder);
    try {
      channel.close();
    } catch (IOException gone) {
      // The lock is gone with it, which is all that was wanted.
    }
  }
}
