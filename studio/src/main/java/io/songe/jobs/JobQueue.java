package io.songe.jobs;

import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.image.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All jobs, in a SQLite file, in the order in which they are drawn: higher priorities first, and
 * among equals one job of each owner in turn. Safe for many threads. Whoever is not a job's owner
 * is answered as if there were no such job.
 *
 * <p>What is changed is on the disk when a method returns. If it cannot be written, every method
 * that changes something throws {@link io.songe.error.BrokenFileException} and has changed nothing.
 */
public final class JobQueue implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Listeners listeners = new Listeners();
  private final JobDatabase database;
  private final JobTable table;
  private final JobFiles files;
  private final Board board;
  private final Desk desk;

  private JobQueue(
      JobDatabase database, JobFiles files, PictureKeeper keeper, QueueLimits limits, Clock clock) {
    this.database = database;
    this.files = files;
    this.table = new JobTable(database);
    this.board = new Board(table, files, listeners, limits, clock);
    this.desk = new Desk(lock, board, files, keeper, table.isPaused());
  }

  /**
   * Opens the queue of a folder. Jobs that ran when the process ended are queued again, first.
   *
   * @param folder where the file lies; one process at a time uses it
   * @param keeper of finished pictures
   * @param limits how much it takes
   * @param clock tells when
   * @return the queue; nothing is drawn before a {@link Worker} is started
   * @throws InvalidRequestException if another process, or this one, has it open
   * @throws io.songe.error.BrokenFileException if the file cannot be used
   */
  public static JobQueue open(Path folder, PictureKeeper keeper, QueueLimits limits, Clock clock) {
    JobDatabase database = JobDatabase.open(folder);
    try {
      return new JobQueue(database, new JobFiles(folder.resolve("files")), keeper, limits, clock);
    } catch (RuntimeException failed) {
      database.close();
      throw failed;
    }
  }

  Desk desk() {
    return desk;
  }

  /**
   * Takes an order, with the usual priority.
   *
   * @param order what is drawn
   * @return its job
   * @throws QueueFullException if there is no place
   */
  public Job submit(Order order) {
    return submit(order, 0);
  }

  /**
   * Takes an order.
   *
   * @param order what is drawn
   * @param priority higher ones are drawn before all lower ones, of whomever
   * @return its job
   * @throws QueueFullException if there is no place
   */
  public Job submit(Order order, int priority) {
    return locked(() -> {
      board.requirePlace(order.owner());
      Row row =
          Row.submitted(
              JobId.random(), order, new Row.Place(false, priority, board.nextRank()), board.now());
      board.add(row);
      return board.view(row);
    });
  }

  /** {@return a job of an owner} */
  public Optional<Job> find(String owner, String id) {
    return locked(() -> board.find(owner, id).map(board::view));
  }

  /**
   * {@return an owner's jobs: those that run, those that wait in their order, then the latest that
   * are over}
   *
   * @param owner whose
   * @param most how many
   */
  public List<Job> list(String owner, int most) {
    return locked(() -> board.list(owner, Math.max(0, most)));
  }

  /**
   * {@return fingerprints of the pictures that jobs begin with which are not over, of everybody}
   */
  public Set<String> sources() {
    return locked(board::sources);
  }

  /**
   * Gives a job up; one that runs stops within a step.
   *
   * @return whether there was something to give up
   */
  public boolean cancel(String owner, String id) {
    return locked(() -> {
      Optional<Row> found = board.find(owner, id);
      if (found.isEmpty() || found.get().state().isOver()) {
        return false;
      }
      Optional<Run> run = board.run(id);
      if (run.isPresent()) {
        return desk.stop(run.get(), this::cancelled);
      }
      board.end(cancelled(found.get()));
      return true;
    });
  }

  private Row cancelled(Row row) {
    return row.over(JobState.CANCELLED, board.nextRank(), board.now(), Optional.empty());
  }

  /**
   * Puts a job that failed or was cancelled into the queue again, at its end; what is drawn stays.
   *
   * @throws InvalidRequestException if there is no such job, or it is in another state
   * @throws QueueFullException if there is no place
   */
  public Job retry(String owner, String id) {
    return locked(() -> {
      Row row = require(owner, id);
      if (row.state() != JobState.FAILED && row.state() != JobState.CANCELLED) {
        throw refused(row, "tried again; only one that failed or was cancelled can");
      }
      board.requirePlace(owner);
      board.again(
          row.waiting(
              JobState.QUEUED, new Row.Place(false, row.place().priority(), board.nextRank())),
          row.state());
      return board.view(board.live(id));
    });
  }

  /**
   * Lets a job wait until it is released. One that runs stops within a step; the pictures that are
   * done stay.
   *
   * @throws InvalidRequestException if there is no such job, or it is over
   */
  public Job hold(String owner, String id) {
    return locked(() -> {
      Row row = require(owner, id);
      Optional<Run> run = board.run(id);
      if (run.isPresent()) {
        desk.stop(run.get(), running -> running.waiting(JobState.HELD, running.place()));
      } else if (row.state() == JobState.QUEUED) {
        board.queue(row.waiting(JobState.HELD, row.place()));
      }
      Row after = require(owner, id);
      if (after.state().isOver()) {
        throw refused(after, "held; it is over");
      }
      return board.view(after);
    });
  }

  /**
   * Lets a held job go on, at the place that it had.
   *
   * @throws InvalidRequestException if there is no such job, or it is over
   */
  public Job release(String owner, String id) {
    return locked(() -> {
      Row row = require(owner, id);
      if (row.state().isOver()) {
        throw refused(row, "released; it is over");
      }
      if (row.state() == JobState.HELD) {
        board.queue(row.waiting(JobState.QUEUED, row.place()));
      }
      return board.view(board.live(id));
    });
  }

  /**
   * Moves a waiting job before another of the same owner, to the end if that is empty. It takes
   * over the other's priority, or that of the last. The turns between owners stay as they are.
   *
   * @throws InvalidRequestException if there is no such job, or one of the two does not wait
   */
  public Job move(String owner, String id, Optional<String> before) {
    return locked(() -> {
      Row moved = requireWaiting(owner, id);
      List<Row> others = new ArrayList<>(board.waiting(owner));
      List<Long> ranks = others.stream().map(row -> row.place().rank()).sorted().toList();
      others.remove(moved);
      int at = others.size();
      if (before.isPresent()) {
        Row next = requireWaiting(owner, before.get());
        if (next.equals(moved)) {
          return board.view(moved);
        }
        at = others.indexOf(next);
      }
      if (!others.isEmpty()) {
        Row.Place beside = others.get(Math.min(at, others.size() - 1)).place();
        others.add(at, moved.waiting(moved.state(), beside));
        board.move(ranked(others, ranks), id);
      }
      return board.view(board.live(id));
    });
  }

  /** {@return those of some jobs whose rank changes when they are given these, in their order} */
  private List<Row> ranked(List<Row> inOrder, List<Long> ranks) {
    List<Row> changed = new ArrayList<>();
    for (int i = 0; i < inOrder.size(); i++) {
      Row row = inOrder.get(i);
      Row.Place place = row.place().withRank(ranks.get(i));
      if (!place.equals(board.live(row.id()).place())) {
        changed.add(row.waiting(row.state(), place));
      }
    }
    return changed;
  }

  private Row require(String owner, String id) {
    return board
        .find(owner, id)
        .orElseThrow(
            () -> new InvalidRequestException("there is no such job; it may be long over"));
  }

  private Row requireWaiting(String owner, String id) {
    Row row = require(owner, id);
    if (!row.waits()) {
      throw refused(row, "moved; only one that waits can");
    }
    return row;
  }

  private static InvalidRequestException refused(Row row, String what) {
    return new InvalidRequestException(
        "the job is %s and cannot be %s"
            .formatted(row.state().name().toLowerCase(Locale.ROOT), what));
  }

  /** Begins no further job until {@link #resume}; those that run go on. Kept over a restart. */
  public void pause() {
    setPaused(true);
  }

  /** Goes on after {@link #pause}. */
  public void resume() {
    setPaused(false);
  }

  private void setPaused(boolean paused) {
    locked(() -> {
      table.setPaused(paused);
      desk.setPaused(paused);
      return paused;
    });
  }

  /** {@return whether no further job is begun} */
  public boolean isPaused() {
    return locked(desk::isPaused);
  }

  /**
   * {@return the latest preview of a running job} Where nobody listens for previews, they are
   * decoded for as long as this is asked every few seconds.
   */
  public Optional<Image> preview(String owner, String id) {
    return locked(() -> board.find(owner, id).flatMap(_ -> board.run(id)).flatMap(board::preview));
  }

  /** {@return a frame of a job that travels or is traced} */
  public Optional<Image> frame(String owner, String id, int frame) {
    return find(owner, id).flatMap(_ -> files.frame(id, frame));
  }

  /** {@return a picture's PNG file of a job that is not kept in the gallery} */
  public Optional<Path> picture(String owner, String id, int image) {
    return find(owner, id).map(_ -> files.picture(id, image)).filter(Files::exists);
  }

  /**
   * Hears what happens to an owner's jobs from now on, in the order in which it happens, on a
   * thread of the queue's that is this listener's alone. One that is slow misses steps, previews
   * and places that later ones have overtaken, never another event, and never holds up the drawing;
   * one that is 10,000 events behind, or throws something, hears nothing more.
   *
   * @param owner whose jobs
   * @param previews whether previews are of use to it; where they are to nobody, none are decoded
   * @param listener hears of them; may wait as long as it likes
   * @return closing it ends that
   */
  public Subscription subscribe(String owner, Previews previews, Consumer<JobEvent> listener) {
    return locked(() -> listeners.add(owner, previews, listener));
  }

  /** Whether a listener has a use for previews. */
  public enum Previews {
    WANTED,
    UNWANTED
  }

  /** A listener's place; see {@link #subscribe}. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** {@return how many jobs are in each state, of all owners; for metrics} */
  public Map<JobState, Integer> counts() {
    return locked(board::counts);
  }

  /**
   * Begins no further job. What runs is taken away from its worker, and is begun again, first, when
   * the queue is opened the next time. Nothing else may be called afterwards, except this.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!desk.isClosed()) {
        desk.close();
        listeners.finish();
        database.close();
      }
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      if (desk.isClosed()) {
        throw new EngineException("the queue is closed");
      }
      T result = work.get();
      desk.wake();
      return result;
    } finally {
      lock.unlock();
    }
  }
}
