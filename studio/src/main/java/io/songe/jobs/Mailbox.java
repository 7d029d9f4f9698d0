package io.songe.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Events on their way to one listener, which hears them on a thread of its own. What a later event
 * makes worthless is dropped as long as it is not delivered.
 */
final class Mailbox implements JobQueue.Subscription {
  /** A listener that is so many events behind is not coming back. */
  static final int MOST = 10_000;

  private static final Logger LOG = Logger.getLogger(Mailbox.class.getName());

  /** What a later event of the same key replaces. */
  private record Replaceable(String job, boolean step) {}

  private final JobQueue.Previews previews;
  private final Consumer<JobEvent> listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Map<Object, JobEvent> events = new LinkedHashMap<>();
  private long number;
  private boolean finishing;
  private boolean closed;

  Mailbox(JobQueue.Previews previews, Consumer<JobEvent> listener) {
    this.previews = previews;
    this.listener = listener;
    Thread.ofVirtual().name("songe-events").start(this::deliver);
  }

  /** {@return whether its listener has a use for previews} */
  boolean wantsPreviews() {
    return previews == JobQueue.Previews.WANTED;
  }

  /** Adds an event that is delivered in any case. */
  void add(JobEvent event) {
    lock.lock();
    try {
      if (events.size() >= MOST) {
        LOG.warning("a listener is " + MOST + " events behind; it is given up");
        closed = true;
      }
      put(number++, event);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a change of a job's place, which a later one replaces. */
  void addPlace(JobEvent.Queued event) {
    lock.lock();
    try {
      put(new Replaceable(event.job().id(), false), event);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a step, which a later one replaces; a preview is kept for the same picture's next. */
  void addStep(JobEvent.Stepped event) {
    Replaceable key = new Replaceable(event.job().id(), true);
    lock.lock();
    try {
      JobEvent.Stepped newest = event;
      if (events.remove(key) instanceof JobEvent.Stepped missed
          && missed.job().image() == event.job().image()) {
        newest = new JobEvent.Stepped(event.job(), event.preview().or(missed::preview));
      }
      put(key, newest);
    } finally {
      lock.unlock();
    }
  }

  private void put(Object key, JobEvent event) {
    if (!closed && !finishing) {
      events.remove(key);
      events.put(key, event);
    }
    arrived.signal();
  }

  boolean isOpen() {
    lock.lock();
    try {
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Delivers what is there, and nothing more. */
  void finish() {
    lock.lock();
    try {
      finishing = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      events.clear();
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private void deliver() {
    try {
      for (Optional<JobEvent> next = next(); next.isPresent(); next = next()) {
        listener.accept(next.get());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      LOG.log(Level.WARNING, "a listener failed; it hears nothing more", failed);
    } finally {
      close();
    }
  }

  /** {@return the next event, once there is one; empty if nothing more will come} */
  private Optional<JobEvent> next() throws InterruptedException {
    lock.lock();
    try {
      while (events.isEmpty() && !closed && !finishing) {
        arrived.await();
      }
      if (closed || events.isEmpty()) {
        return Optional.empty();
      }
      Object first = events.keySet().iterator().next();
      return Optional.ofNullable(events.remove(first));
    } finally {
      lock.unlock();
    }
  }
}
