package io.songe.jobs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the queue logs, kept from the console, where it would bury the tests' own results. */
final class QueueLog extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger(JobQueue.class.getPackageName());
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  QueueLog() {
    logger.addHandler(this);
    logger.setUseParentHandlers(false);
  }

  List<LogRecord> records() {
    return records;
  }

  @Override
  public void publish(LogRecord entry) {
    records.add(entry);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
