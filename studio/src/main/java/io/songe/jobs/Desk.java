package io.songe.jobs;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.image.Image;
import io.songe.image.Png;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where workers take jobs and bring what they drew. A picture is kept first and written down then,
 * under a name that follows from job and number: whenever the process ends, the next one finds it
 * by that name and neither draws nor keeps it again.
 */
final class Desk {
  /** How long to wait before something is written again that could not be written. */
  private static final Duration RETRY = Duration.ofSeconds(2);

  private static final String OUR_FAULT =
      "something went wrong inside Songe while this was drawn; the server's log says what";

  private static final Logger LOG = Logger.getLogger(Desk.class.getName());

  private final ReentrantLock lock;
  private final Condition changed;
  private final Board board;
  private final JobFiles files;
  private final PictureKeeper keeper;
  private boolean paused;
  private boolean closed;

  Desk(ReentrantLock lock, Board board, JobFiles files, PictureKeeper keeper, boolean paused) {
    this.lock = lock;
    this.changed = lock.newCondition();
    this.board = board;
    this.files = files;
    this.keeper = keeper;
    this.paused = paused;
  }

  // For the queue, which holds the lock.

  /** There may be something to do. */
  void wake() {
    changed.signalAll();
  }

  void setPaused(boolean now) {
    paused = now;
    wake();
  }

  boolean isPaused() {
    return paused;
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Takes a job away from its worker. A picture that is being saved is waited for, since it would
   * otherwise be kept by a job that does not know it.
   *
   * @param after the job as it is then
   * @return whether it still ran
   */
  boolean stop(Run run, UnaryOperator<Row> after) {
    run.addStopper();
    try {
      while (run.isSaving()) {
        changed.awaitUninterruptibly();
      }
      if (!runs(run)) {
        return false;
      }
      settle(after.apply(board.live(run.job())));
      run.thread().interrupt();
      return true;
    } finally {
      run.removeStopper();
      wake();
    }
  }

  /** Begins nothing more, and lets go of what runs: it is begun again by the next process. */
  void close() {
    closed = true;
    for (Run run : board.runs()) {
      while (run.isSaving()) {
        changed.awaitUninterruptibly();
      }
      board.abandon(run);
      run.thread().interrupt();
    }
    wake();
  }

  // For workers, which do not.

  void addWorkers(int more) {
    lock.lock();
    try {
      board.addWorkers(more);
    } finally {
      lock.unlock();
    }
  }

  /** {@return the next job, once there is one; empty if the queue was closed} */
  Optional<Run> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        if (paused || board.order().isEmpty()) {
          changed.await();
          continue;
        }
        try {
          return Optional.of(board.begin(board.order().getFirst(), Thread.currentThread()));
        } catch (BrokenFileException unwritable) {
          waitToWrite(unwritable);
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  Job job(Run run) {
    lock.lock();
    try {
      return board.view(board.live(run.job()));
    } finally {
      lock.unlock();
    }
  }

  /** The draftsman has returned. */
  void returned(Run run) {
    end(
        run,
        row -> {
          int missing = Forecast.pictures(row.order()) - Forecast.done(row);
          if (missing <= 0) {
            return row.over(JobState.FINISHED, board.nextRank(), board.now(), Optional.empty());
          }
          LOG.severe("job " + row.id() + " came back with " + missing + " pictures missing");
          return failed(row, OUR_FAULT);
        });
  }

  /** The draftsman has thrown something. */
  void threw(Run run, Throwable why) {
    end(
        run,
        row -> {
          if (run.wasTurnedAway()) {
            // Whoever wanted the job could not have it, or it would not run any more.
            return row.waiting(JobState.QUEUED, Board.resumed(row));
          }
          if (why instanceof InvalidRequestException || why instanceof BrokenFileException) {
            LOG.log(Level.INFO, "job " + row.id() + " failed: " + why.getMessage());
            return failed(row, FileLabel.withoutFolders(String.valueOf(why.getMessage())));
          }
          LOG.log(Level.SEVERE, "job " + row.id() + " failed", why);
          return failed(row, OUR_FAULT);
        });
  }

  private Row failed(Row row, String why) {
    return row.over(JobState.FAILED, board.nextRank(), board.now(), Optional.of(why));
  }

  /** Ends a run, as soon as that can be written down. */
  private void end(Run run, UnaryOperator<Row> after) {
    lock.lock();
    try {
      while (run.isStopping()) {
        changed.awaitUninterruptibly();
      }
      Thread.interrupted(); // was meant for this run alone
      while (runs(run)) {
        try {
          settle(after.apply(board.live(run.job())));
        } catch (BrokenFileException unwritable) {
          waitToWrite(unwritable);
        }
      }
    } catch (InterruptedException _) {
      // It was taken away meanwhile, or the worker is to end.
    } finally {
      lock.unlock();
    }
  }

  /** Takes a job off its worker as it is from now on. */
  private void settle(Row row) {
    if (row.state().isOver()) {
      board.end(row);
    } else {
      board.queue(row);
    }
  }

  /**
   * Waits as long as it may take until something can be written, however much happens meanwhile.
   */
  private void waitToWrite(BrokenFileException unwritable) throws InterruptedException {
    // A line, and not the trace again and again onto a disk that is full.
    LOG.severe("a worker waits: " + unwritable.getMessage());
    long left = RETRY.toNanos();
    while (left > 0 && !closed) {
      left = changed.awaitNanos(left);
    }
  }

  /** Puts what a worker draws back into the queue, and interrupts the worker. */
  void dismiss(Thread worker) {
    lock.lock();
    try {
      for (Run run : board.runs()) {
        if (run.thread().equals(worker)) {
          try {
            stop(run, row -> row.waiting(JobState.QUEUED, Board.resumed(row)));
          } catch (BrokenFileException unwritable) {
            LOG.log(Level.SEVERE, "a job stays where it is until the next start", unwritable);
            board.abandon(run);
          }
        }
      }
      worker.interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** What a draftsman is given for one run. */
  Draftsman.Easel easel(Run run) {
    return new RunEasel(run);
  }

  private final class RunEasel implements Draftsman.Easel {
    private final Run run;

    RunEasel(Run run) {
      this.run = run;
    }

    @Override
    public boolean has(int image) {
      Row row = enter(image);
      if (row.images().contains(image)) {
        return true;
      }
      if (!isKept(row, image)) {
        return false;
      }
      // It was kept, and the process ended before that was written down.
      save(() -> {}, () -> board.drawn(run, image));
      return true;
    }

    @Override
    public boolean isWatched() {
      lock.lock();
      try {
        current(run);
        return board.isWatched(run);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void stepped(int image, int step, int steps, Optional<Image> preview) {
      lock.lock();
      try {
        current(run);
        board.stepped(run, image, step, steps, preview);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void drawn(int image, Png picture) {
      if (has(image)) {
        return;
      }
      Job job = job(run);
      save(() -> keep(job, image, picture), () -> board.drawn(run, image));
    }

    @Override
    public void frame(int frame, Image picture) {
      if (frame < 0) {
        throw new EngineException("frames are counted from 0, got " + frame);
      }
      save(() -> files.putFrame(run.job(), frame, picture), () -> board.framed(run, frame));
    }

    private Row enter(int image) {
      lock.lock();
      try {
        Row row = current(run);
        if (image < 0 || image >= row.order().count()) {
          throw new EngineException(
              "the order has %d pictures, got number %d".formatted(row.order().count(), image));
        }
        return row;
      } finally {
        lock.unlock();
      }
    }

    private void save(Runnable writing, Runnable then) {
      lock.lock();
      try {
        current(run);
        run.setSaving(true);
      } finally {
        lock.unlock();
      }
      boolean written = false;
      try {
        writing.run();
        written = true;
      } finally {
        lock.lock();
        try {
          if (written) {
            then.run();
          }
        } finally {
          run.setSaving(false);
          wake();
          lock.unlock();
        }
      }
    }
  }

  private boolean isKept(Row row, int image) {
    return row.order().kept()
        ? keeper.has(JobId.ofPicture(row.id(), image))
        : files.hasPicture(row.id(), image);
  }

  private void keep(Job job, int image, Png picture) {
    if (job.order().kept()) {
      keeper.keep(JobId.ofPicture(job.id(), image), job, picture);
    } else {
      files.putPicture(job.id(), image, picture);
    }
  }

  private boolean runs(Run run) {
    return board.run(run.job()).filter(run::equals).isPresent();
  }

  /** {@return the job of a run, unless that is to end} */
  private Row current(Run run) {
    if (closed || !runs(run)) {
      throw new CancellationException("the job " + run.job() + " was taken away");
    }
    if (run.isStopping()) {
      run.turnAway();
      throw new CancellationException("the job " + run.job() + " is being taken away");
    }
    return board.live(run.job());
  }
}
