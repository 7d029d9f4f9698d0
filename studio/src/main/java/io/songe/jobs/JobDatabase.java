package io.songe.jobs;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file of a queue, which one process holds at a time. Used by one thread at a time.
 *
 * <p>The journal is a write-ahead log, so that the file is whole whenever the process ends. Each
 * transaction is forced to the disk: what somebody was told to be taken is there after a power cut
 * too. That costs 0.3 ms of a transaction instead of 0.05 on a solid state disk, and a picture has
 * one.
 */
final class JobDatabase implements AutoCloseable {
  private static final String FILE = "jobs.db";
  private static final String LOCK = "jobs.lock";
  private static final String NATIVE = "native";
  private static final int BUSY_MILLISECONDS = 2000;

  /** The version of the tables, and of the last script that made them. */
  private static final int VERSION = 1;

  private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*\n");

  private final FileLabel label;
  private final FileChannel lock;
  private final Connection connection;

  private JobDatabase(FileLabel label, FileChannel lock, Connection connection) {
    this.label = label;
    this.lock = lock;
    this.connection = connection;
  }

  /** What is done with the tables. */
  @FunctionalInterface
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /** What is changed in the tables. */
  @FunctionalInterface
  interface Change {
    void in(Connection connection) throws SQLException;
  }

  /**
   * Opens the file of a folder, and brings it to this version.
   *
   * @param folder made when it is missing
   * @throws InvalidRequestException if another process has it open
   * @throws BrokenFileException if it cannot be read or written, or is of a later version
   */
  static JobDatabase open(Path folder) {
    Path file = folder.resolve(FILE);
    FileLabel label = FileLabel.of(file);
    FileChannel lock = lock(folder, label);
    try {
      SQLiteConfig config = new SQLiteConfig();
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
      config.enforceForeignKeys(true);
      config.setBusyTimeout(BUSY_MILLISECONDS);
      Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
      try {
        migrate(connection, label);
        return new JobDatabase(label, lock, connection);
      } catch (SQLException | RuntimeException failed) {
        connection.close();
        throw failed;
      }
    } catch (SQLException unusable) {
      close(lock);
      throw broken(label, unusable);
    } catch (RuntimeException refused) {
      close(lock);
      throw refused;
    }
  }

  private static FileChannel lock(Path folder, FileLabel label) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) {
          SqliteLibrary.unpackInto(folder.resolve(NATIVE));
          return channel;
        }
      } catch (OverlappingFileLockException _) {
        // by this very process
      }
      channel.close();
      throw new InvalidRequestException(
          "the queue in %s is in use by another Songe; stop that one, or use another folder"
              .formatted(FileLabel.ofFolder(folder).text()));
    } catch (IOException unwritable) {
      throw label.broken("cannot be opened: " + FileLabel.reason(unwritable), unwritable);
    }
  }

  private static void migrate(Connection connection, FileLabel label) throws SQLException {
    int version = version(connection);
    if (version > VERSION) {
      throw label.broken(
          "was made by a later version of Songe (format %d, this one knows %d); use that one"
              .formatted(version, VERSION));
    }
    for (int next = version + 1; next <= VERSION; next++) {
      int made = next;
      inTransaction(
          connection,
          changed -> {
            try (Statement statement = changed.createStatement()) {
              for (String sql : END_OF_STATEMENT.splitAsStream(script(made)).toList()) {
                statement.execute(sql);
              }
              statement.execute("PRAGMA user_version = " + made);
            }
          });
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      result.next();
      return result.getInt(1);
    }
  }

  private static String script(int version) {
    try (InputStream in = JobDatabase.class.getResourceAsStream(version + ".sql")) {
      if (in == null) {
        throw new AssertionError("the script " + version + ".sql is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  /** Reads. */
  <T> T read(Work<T> work) {
    try {
      return work.in(connection);
    } catch (SQLException failed) {
      throw broken(label, failed);
    }
  }

  /** Changes everything or nothing; what was changed is on the disk when this returns. */
  void change(Change change) {
    try {
      inTransaction(connection, change);
    } catch (SQLException failed) {
      throw broken(label, failed);
    }
  }

  /**
   * Transactions are begun and ended here and not by the driver: if SQLite has rolled one back by
   * itself, as it does when the disk is full, the driver begins no other.
   */
  private static void inTransaction(Connection connection, Change change) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        change.in(connection);
        statement.execute("COMMIT");
      } catch (SQLException | RuntimeException failed) {
        rollBack(statement);
        throw failed;
      }
    }
  }

  private static void rollBack(Statement statement) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException _) {
      // It was rolled back already.
    }
  }

  private static BrokenFileException broken(FileLabel label, SQLException failure) {
    return label.broken(
        "the queue cannot be read or written: "
            + FileLabel.shorten(String.valueOf(failure.getMessage()))
            + "; is the disk full?",
        failure);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failed) {
      throw broken(label, failed);
    } finally {
      close(lock);
    }
  }

  private static void close(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException _) {
      // nothing was written to it
    }
  }
}
