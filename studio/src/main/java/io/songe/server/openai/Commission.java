package io.songe.server.openai;

import io.songe.drawing.Wish;
import io.songe.jobs.Job;
import io.songe.jobs.JobEvent;
import io.songe.jobs.JobQueue;
import io.songe.server.Failure;
import io.songe.server.HttpFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A job that somebody waits for. Closing it before the job is over gives the job up, so that
 * nothing is drawn for whoever has gone.
 */
final class Commission implements AutoCloseable {
  /** A client that reads its stream slowly is not shown every step. */
  private static final int MOST_WAITING = 8;

  private final Desk desk;
  private final String owner;
  private final boolean steps;
  private final BlockingQueue<JobEvent> events = new LinkedBlockingQueue<>();
  private final JobQueue.Subscription subscription;
  private final Job job;
  private volatile Optional<String> id = Optional.empty();
  private boolean over; // or not waited for any longer

  /**
   * Has a wish drawn.
   *
   * @param steps whether events of steps are wanted
   */
  Commission(Desk desk, Wish wish, boolean steps) {
    this.desk = desk;
    this.owner = wish.owner();
    this.steps = steps;
    this.subscription =
        desk.subscribe(
            owner, steps ? JobQueue.Previews.WANTED : JobQueue.Previews.UNWANTED, this::hear);
    try {
      this.job = desk.submit(wish);
    } catch (RuntimeException refused) {
      subscription.close();
      throw refused;
    }
    this.id = Optional.of(job.id());
  }

  private void hear(JobEvent event) {
    boolean another = id.filter(mine -> !mine.equals(event.job().id())).isPresent();
    boolean unwanted =
        event instanceof JobEvent.Stepped && (!steps || events.size() >= MOST_WAITING);
    if (!another && !unwanted) {
      events.add(event);
    }
  }

  /** {@return the job as it was taken} */
  Job job() {
    return job;
  }

  /**
   * {@return what happens next; empty if nothing did for a while}
   *
   * @throws HttpFailure if the job was not finished
   */
  Optional<JobEvent> next(Duration patience) {
    JobEvent event;
    try {
      event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      leave();
      Thread.currentThread().interrupt();
      throw new HttpFailure(
          new Failure(
              503,
              "the server is being stopped; the drawing goes on when it runs again",
              Optional.empty(),
              Optional.of(Duration.ofSeconds(5))));
    }
    if (event == null || !event.job().id().equals(job.id())) {
      return Optional.empty();
    }
    if (event instanceof JobEvent.Ended ended) {
      over = true;
      requireFinished(ended.job());
    }
    return Optional.of(event);
  }

  private static void requireFinished(Job ended) {
    switch (ended.state()) {
      case FINISHED -> {}
      case CANCELLED -> throw Refusal.of(400, "the drawing was cancelled");
      case FAILED, QUEUED, HELD, RUNNING ->
          throw Refusal.of(
              500, "the drawing failed: " + ended.failure().orElse("the log says why"));
    }
  }

  /** Leaves the job to the queue, so that its pictures go to the gallery: the server stops. */
  void leave() {
    over = true;
  }

  @Override
  public void close() {
    subscription.close();
    if (!over) {
      desk.cancel(owner, job.id());
    }
  }
}
