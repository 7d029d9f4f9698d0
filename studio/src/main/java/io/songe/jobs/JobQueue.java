package io.songe.jobs;

import io.songe.image.Image;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All jobs, in a SQLite file, in the order in which they are drawn. Safe for many threads. Whoever
 * is not a job's owner is answered as if there were no such job.
 */
public final class JobQueue implements AutoCloseable {
  private JobQueue() {}

  /**
   * Opens the queue of a folder. Jobs that ran when the process ended are queued again, first.
   *
   * @param folder where the file lies; one process at a time uses it
   * @param keeper of finished pictures
   * @param limits how much it takes
   * @param clock tells when
   */
  public static JobQueue open(Path folder, PictureKeeper keeper, QueueLimits limits, Clock clock) {
    throw new IllegalStateException();
  }

  /**
   * Takes an order.
   *
   * @throws QueueFullException if there is no place
   */
  public Job submit(Order order) {
    throw new IllegalStateException();
  }

  /** {@return a job of an owner} */
  public Optional<Job> find(String owner, String id) {
    throw new IllegalStateException();
  }

  /**
   * {@return an owner's jobs: those that run, those that wait in their order, then the latest that
   * are over}
   */
  public List<Job> list(String owner, int most) {
    throw new IllegalStateException();
  }

  /**
   * Gives a job up; one that runs stops within a step. @return whether there was something to give
   * up
   */
  public boolean cancel(String owner, String id) {
    throw new IllegalStateException();
  }

  /** Puts a job that failed or was cancelled into the queue again; what is drawn stays. */
  public Job retry(String owner, String id) {
    throw new IllegalStateException();
  }

  /** Lets a job wait until it is released. */
  public Job hold(String owner, String id) {
    throw new IllegalStateException();
  }

  /** Lets a held job go on. */
  public Job release(String owner, String id) {
    throw new IllegalStateException();
  }

  /** Moves a waiting job before another of the same owner; to the end if that is empty. */
  public Job move(String owner, String id, Optional<String> before) {
    throw new IllegalStateException();
  }

  /** Begins no further job until {@link #resume}; those that run go on. Kept over a restart. */
  public void pause() {
    throw new IllegalStateException();
  }

  /** Goes on after {@link #pause}. */
  public void resume() {
    throw new IllegalStateException();
  }

  /** {@return whether no further job is begun} */
  public boolean isPaused() {
    throw new IllegalStateException();
  }

  /** {@return the latest preview of a running job} */
  public Optional<Image> preview(String owner, String id) {
    throw new IllegalStateException();
  }

  /** {@return a frame of a job that travels or is traced} */
  public Optional<Image> frame(String owner, String id, int frame) {
    throw new IllegalStateException();
  }

  /** {@return a picture's PNG file of a job that is not kept in the gallery} */
  public Optional<Path> picture(String owner, String id, int image) {
    throw new IllegalStateException();
  }

  /**
   * Hears what happens to an owner's jobs from now on, on a thread of the queue's; a listener that
   * is slow loses steps and previews, never another event, and never holds up the drawing.
   *
   * @return closing it ends that
   */
  public Subscription subscribe(String owner, Consumer<JobEvent> listener) {
    throw new IllegalStateException();
  }

  /** A listener's place; see {@link #subscribe}. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** {@return how many jobs are in each state, of all owners; for metrics} */
  public java.util.Map<JobState, Integer> counts() {
    throw new IllegalStateException();
  }

  /** Writes down all that is to be remembered. */
  @Override
  public void close() {}
}
