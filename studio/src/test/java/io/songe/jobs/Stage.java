package io.songe.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Png;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A queue with a draftsman who does what a test tells, one thing at a time, so that tests need not
 * wait for anything by the clock.
 */
final class Stage implements AutoCloseable {
  static final QueueLimits LIMITS = new QueueLimits(100, 50, 20);
  private static final int PATIENCE_SECONDS = 120;

  private final Path folder;
  private final QueueLimits limits;
  final QueueLog log = new QueueLog();
  final SettableClock clock = new SettableClock();
  final List<String> kept = new CopyOnWriteArrayList<>();
  final BlockingQueue<JobEvent> events = new LinkedBlockingQueue<>();
  final BlockingQueue<Job> begun = new LinkedBlockingQueue<>();
  private final SynchronousQueue<Act> acts = new SynchronousQueue<>();
  private Optional<Worker> worker = Optional.empty();
  JobQueue queue;

  /** What the draftsman does next. */
  interface Act {
    /** Does it, and says whether the job goes on. */
    boolean on(Job job, Draftsman.Easel easel);
  }

  Stage(Path folder) {
    this(folder, LIMITS);
  }

  Stage(Path folder, QueueLimits limits) {
    this.folder = folder;
    this.limits = limits;
    try {
      this.queue = open();
    } catch (RuntimeException refused) {
      log.close();
      throw refused;
    }
  }

  private JobQueue open() {
    return JobQueue.open(folder, new ListKeeper(), limits, clock);
  }

  /** Closes everything, and opens the queue again without a worker. */
  void restart() {
    end();
    queue = open();
  }

  void work() {
    worker = Optional.of(Worker.start(queue, this::draw));
  }

  void hear(String owner) {
    queue.subscribe(owner, JobQueue.Previews.WANTED, events::add);
  }

  private void draw(Job job, Draftsman.Easel easel) {
    begun.add(job);
    try {
      while (acts.take().on(job, easel)) {}
    } catch (InterruptedException cancelled) {
      throw (CancellationException) new CancellationException().initCause(cancelled);
    }
  }

  /** Has the draftsman do something while it draws, and waits until it is done. */
  void act(Act act) {
    CountDownLatch done = new CountDownLatch(1);
    Act counted =
        (job, easel) -> {
          try {
            return act.on(job, easel);
          } finally {
            done.countDown();
          }
        };
    try {
      assertThat(acts.offer(counted, PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it draws").isTrue();
      assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it is done").isTrue();
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  /** Has it do a step. */
  void step(int image, int step, int steps) {
    act((_, easel) -> {
      easel.stepped(image, step, steps, Optional.empty());
      return true;
    });
  }

  /** Has it draw a picture, and go on. */
  void drawOne(int image) {
    act((_, easel) -> {
      easel.drawn(image, Orders.png());
      return true;
    });
  }

  /** Has it draw all pictures of the job and return. */
  void finish() {
    act((job, easel) -> {
      for (int i = 0; i < job.order().count(); i++) {
        easel.drawn(i, Orders.png());
      }
      return false;
    });
  }

  /** {@return the job that is begun next} */
  Job awaitBegun() {
    return poll(begun);
  }

  JobEvent awaitEvent() {
    return poll(events);
  }

  /** {@return the next event of a kind; others are passed over} */
  <E extends JobEvent> E awaitEvent(Class<E> kind) {
    while (true) {
      JobEvent event = awaitEvent();
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  Job awaitState(Job job, JobState state) {
    await(() -> now(job).state() == state);
    return now(job);
  }

  Job now(Job job) {
    return queue.find(job.order().owner(), job.id()).orElseThrow();
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("patience").isLessThan(end);
      try {
        Thread.sleep(2);
      } catch (InterruptedException unexpected) {
        throw new AssertionError(unexpected);
      }
    }
  }

  private static <T> T poll(BlockingQueue<T> from) {
    try {
      T next = from.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("something happened").isNotNull();
      return next;
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private void end() {
    worker.ifPresent(Worker::close);
    worker = Optional.empty();
    queue.close();
  }

  @Override
  public void close() {
    end();
    log.close();
  }

  /** Keeps the names of pictures. */
  private final class ListKeeper implements PictureKeeper {
    @Override
    public boolean has(String id) {
      return kept.contains(id);
    }

    @Override
    public void keep(String id, Job job, Png picture) {
      kept.add(id);
    }
  }

  /** A clock that moves when it is told to. */
  static final class SettableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-23T06:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
