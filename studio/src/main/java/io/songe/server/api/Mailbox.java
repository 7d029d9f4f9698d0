package io.songe.server.api;

import io.songe.jobs.JobEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Events on their way to one client. Putting one in never waits: of a job's steps only the latest
 * is kept, and a client that lets everything else pile up loses its stream, and with it nothing,
 * since a new stream begins with the present state.
 */
final class Mailbox {
  private static final int MOST = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Letter> letters = new ArrayDeque<>();
  private boolean closed;

  /** What a client is told. */
  sealed interface Letter {}

  /** Something happened to a job. */
  record Happened(JobEvent event) implements Letter {}

  /** The queue was paused or goes on. */
  record Paused(boolean paused) implements Letter {}

  /** Puts something in. */
  void put(Letter letter) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      letters.add(
          letter instanceof Happened(JobEvent.Stepped step) ? new Happened(latest(step)) : letter);
      if (letters.size() > MOST) {
        close();
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the job's earlier step out; its preview stays if the picture is the same. */
  private JobEvent.Stepped latest(JobEvent.Stepped step) {
    for (Letter letter : letters) {
      if (letter instanceof Happened(JobEvent.Stepped missed)
          && missed.job().id().equals(step.job().id())) {
        letters.remove(letter);
        return missed.job().image() == step.job().image()
            ? new JobEvent.Stepped(step.job(), step.preview().or(missed::preview))
            : step;
      }
    }
    return step;
  }

  /**
   * Waits for the next letter.
   *
   * @param longest to wait
   * @return empty if there was none in that time, or never will be
   */
  Optional<Letter> take(Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = longest.toNanos();
      while (letters.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return Optional.ofNullable(letters.poll());
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more letters, and forgets those that are there. */
  void close() {
    lock.lock();
    try {
      closed = true;
      letters.clear();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** {@return whether no letter will come any more} */
  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }
}
