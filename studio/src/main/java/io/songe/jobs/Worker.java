package io.songe.jobs;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A thread that has one job after the other drawn. */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Worker.class.getName());
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Desk desk;
  private final Draftsman draftsman;
  private final Thread thread;
  private volatile boolean closing;

  private Worker(Desk desk, Draftsman draftsman) {
    this.desk = desk;
    this.draftsman = draftsman;
    // A platform thread: tensors are not computed on virtual ones. A daemon, since the queue
    // survives the end of the process anyhow.
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("songe-worker-" + NUMBER.incrementAndGet())
            .unstarted(this::work);
  }

  /**
   * Starts a worker. A queue may have several, which draw different jobs.
   *
   * @param queue whose jobs
   * @param draftsman draws them
   */
  public static Worker start(JobQueue queue, Draftsman draftsman) {
    Worker worker = new Worker(queue.desk(), draftsman);
    worker.desk.addWorkers(1);
    worker.thread.start();
    return worker;
  }

  private void work() {
    try {
      while (!closing) {
        try {
          Optional<Run> next = desk.take();
          if (next.isEmpty()) {
            return;
          }
          draw(next.get());
        } catch (InterruptedException _) {
          // meant for a job that is over, or because this worker is closing
        } catch (RuntimeException defect) {
          LOG.log(Level.SEVERE, "a job could not be ended; the next start begins it again", defect);
        }
      }
    } finally {
      desk.addWorkers(-1);
    }
  }

  private void draw(Run run) {
    try {
      draftsman.draw(desk.job(run), desk.easel(run));
    } catch (Throwable failed) {
      // Whatever it was, the next job is drawn: even memory that is full is free again by now.
      desk.threw(run, failed);
      return;
    }
    desk.returned(run);
  }

  /**
   * Stops: the job that runs goes back to the queue and is the next, what of it is drawn stays. The
   * draftsman has returned when this does.
   */
  @Override
  public void close() {
    closing = true;
    desk.dismiss(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        // Whoever closes frees next what the draftsman still uses.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
