package io.songe.server.a1111;

import io.songe.jobs.Job;
import io.songe.jobs.JobQueue;
import io.songe.jobs.JobState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The requests that wait for their pictures, by user. The web UI has one state for all; here each
 * user sees and stops only their own, and nobody what the page draws. Safe for many threads.
 */
final class OpenRequests {
  /** How many ended tasks are remembered, for clients that ask by their own id. */
  private static final int ENDED = 16;

  private final JobQueue queue;
  private final Map<String, User> users = new HashMap<>();
  private final Set<String> skipped = new HashSet<>();

  /** One user's: task ids by job, in the order in which they came, and those that are over. */
  private record User(Map<String, String> open, Deque<String> ended) {
    User() {
      this(new LinkedHashMap<>(), new ArrayDeque<>());
    }
  }

  /**
   * A request that waits.
   *
   * @param job as it is now
   * @param task the id that the client gave it, or one that was made up
   */
  record Open(Job job, String task) {}

  OpenRequests(JobQueue queue) {
    this.queue = queue;
  }

  /** Notes that a request waits for a job. */
  synchronized void open(Job job, String task) {
    users.computeIfAbsent(job.order().owner(), _ -> new User()).open().put(job.id(), task);
  }

  /** Notes that a request waits no longer. */
  synchronized void close(String user, String job) {
    User own = users.computeIfAbsent(user, _ -> new User());
    String task = own.open().remove(job);
    if (task != null) {
      own.ended().addLast(task);
      if (own.ended().size() > ENDED) {
        own.ended().removeFirst();
      }
    }
  }

  /** {@return whether a task of a user is over} */
  synchronized boolean isOver(String user, String task) {
    return users.getOrDefault(user, new User()).ended().contains(task);
  }

  private synchronized List<Map.Entry<String, String>> open(String user) {
    return users.getOrDefault(user, new User()).open().entrySet().stream()
        .map(Map.Entry::copyOf)
        .toList();
  }

  private List<Open> all(String user) {
    return open(user).stream()
        .flatMap(entry ->
            queue
                .find(user, entry.getKey())
                .filter(job -> !job.state().isOver())
                .map(job -> new Open(job, entry.getValue()))
                .stream())
        .toList();
  }

  /** {@return the user's request that is being drawn; if none is, the first that waits} */
  Optional<Open> current(String user) {
    List<Open> all = all(user);
    return all.stream()
        .filter(open -> open.job().state() == JobState.RUNNING)
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  /** {@return a user's request of a task} */
  Optional<Open> find(String user, String task) {
    return all(user).stream().filter(open -> Objects.equals(open.task(), task)).findFirst();
  }

  /**
   * Gives up the picture that is being drawn, as {@link #current} tells; the request goes on with
   * the next one.
   */
  void skip(String user) {
    current(user)
        .ifPresent(open -> {
          synchronized (this) {
            skipped.add(open.job().id());
          }
          queue.cancel(user, open.job().id());
        });
  }

  /** {@return whether a job was given up for the next picture; forgets it} */
  synchronized boolean takeSkipped(Job job) {
    return skipped.remove(job.id());
  }

  /** Gives up what {@link #current} tells; a user without any is no fault. */
  void interrupt(String user) {
    current(user).ifPresent(open -> queue.cancel(user, open.job().id()));
  }
}
