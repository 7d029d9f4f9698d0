package io.songe.drawing;

import com.sun.management.OperatingSystemMXBean;
import io.songe.checkpoint.ModelSummary;
import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.models.OpenedAdapters;
import io.songe.pipeline.Precision;
import io.songe.pipeline.TextToImage;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opened models, kept open between drawings while there is memory for them; the one that was not
 * used for longest goes first. Several threads may draw with one model at a time if they want it
 * changed by the same adapters; others wait.
 */
final class ModelPool implements AutoCloseable {
  private final long budget;
  private final List<Held> models = new ArrayList<>();
  private long uses;

  /**
   * A pool.
   *
   * @param budget how many bytes the weights of all models may take together; one model is opened
   *     whatever it takes
   */
  ModelPool(long budget) {
    this.budget = budget;
  }

  /** {@return half of what memory this machine, or the container around it, has} */
  static long usualBudget() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
        / 2;
  }

  /** A model and who uses it. All fields but the first three belong to the pool's lock. */
  private static final class Held {
    private final Path folder;
    private final Precision precision;
    private final long bytes;
    private @Nullable TextToImage model;
    private List<AppliedAdapter> adapters = List.of();
    private int users;
    private boolean changing;
    private long lastUse;

    private Held(Path folder, Precision precision, long bytes) {
      this.folder = folder;
      this.precision = precision;
      this.bytes = bytes;
    }

    private boolean isIdle() {
      return users == 0 && !changing;
    }

    private void close() {
      if (model != null) {
        model.close();
        model = null;
      }
    }
  }

  /** A model in use. */
  final class Lease implements AutoCloseable {
    private final Held held;
    private final TextToImage model;
    private boolean open = true;

    private Lease(Held held, TextToImage model) {
      this.held = held;
      this.model = model;
    }

    TextToImage model() {
      return model;
    }

    /** {@return about how many bytes the weights take} */
    long bytes() {
      return held.bytes;
    }

    @Override
    public void close() {
      synchronized (ModelPool.this) {
        if (open) {
          open = false;
          held.users--;
          ModelPool.this.notifyAll();
        }
      }
    }
  }

  /**
   * Takes a model into use; opens it if it is not open, and changes it if it is not yet as wanted.
   *
   * @param folder of the model, or its file
   * @param precision in which it computes, never AUTO
   * @param adapters that it is to be changed by, and by no others
   * @param finder finds the adapters' files, or throws
   * @return the model, to be given back
   * @throws CancellationException if the thread is interrupted while it waits for another's drawing
   */
  Lease take(
      Path folder,
      Precision precision,
      List<AppliedAdapter> adapters,
      Function<AppliedAdapter, Path> finder) {
    Optional<Lease> ready = readyOrMine(folder, precision, adapters);
    if (ready.isPresent()) {
      return ready.get();
    }
    Held held = mine(folder, precision);
    try {
      return opened(held, adapters, finder);
    } catch (RuntimeException | Error unusable) {
      give(held);
      throw unusable;
    }
  }

  /**
   * Waits until the model is as wanted, which is answered, or free to be made so by this thread: it
   * is then marked as changing.
   */
  private synchronized Optional<Lease> readyOrMine(
      Path folder, Precision precision, List<AppliedAdapter> adapters) {
    while (true) {
      Optional<Held> found = find(folder, precision);
      if (found.isEmpty()) {
        long bytes = ModelSummary.read(folder).parameters() * precision.dtype().bytes();
        makeRoom(bytes);
        Held fresh = new Held(folder, precision, bytes);
        fresh.changing = true;
        models.add(fresh);
        return Optional.empty();
      }
      Held held = found.get();
      TextToImage model = held.model;
      if (!held.changing && model != null && held.adapters.equals(adapters)) {
        return Optional.of(use(held, model));
      }
      if (held.isIdle()) {
        held.changing = true;
        return Optional.empty();
      }
      await();
    }
  }

  private synchronized Held mine(Path folder, Precision precision) {
    return find(folder, precision)
        .orElseThrow(() -> new EngineException("a model that is being opened is gone"));
  }

  /** Outside of the lock: this takes seconds, and others want to know what is open. */
  private Lease opened(
      Held held, List<AppliedAdapter> adapters, Function<AppliedAdapter, Path> finder) {
    TextToImage model = held.model;
    if (model == null) {
      model = open(held);
      held.model = model;
    }
    if (!held.adapters.equals(adapters)) {
      try (OpenedAdapters opened = OpenedAdapters.of(adapters, finder)) {
        opened.applyTo(model);
      }
    }
    synchronized (this) {
      held.adapters = adapters;
      held.changing = false;
      notifyAll();
      return use(held, model);
    }
  }

  /** If there is not enough memory, models that rest are closed for it. */
  private TextToImage open(Held held) {
    try {
      return TextToImage.open(held.folder, held.precision);
    } catch (InvalidRequestException refused) {
      if (!closeIdle()) {
        throw refused;
      }
      return TextToImage.open(held.folder, held.precision);
    }
  }

  private synchronized boolean closeIdle() {
    List<Held> idle = models.stream().filter(Held::isIdle).toList();
    idle.forEach(this::drop);
    return !idle.isEmpty();
  }

  private void drop(Held held) {
    models.remove(held);
    held.close();
  }

  /** After a failure: an open model is as it was, and may be wanted so. */
  private synchronized void give(Held held) {
    held.changing = false;
    if (held.model == null) {
      models.remove(held);
    }
    notifyAll();
  }

  private Lease use(Held held, TextToImage model) {
    held.users++;
    held.lastUse = ++uses;
    return new Lease(held, model);
  }

  private Optional<Held> find(Path folder, Precision precision) {
    return models.stream()
        .filter(held -> held.folder.equals(folder) && held.precision == precision)
        .findFirst();
  }

  /** Waits for a change; whoever calls it looks again whether it was the right one. */
  @SuppressWarnings("WaitNotInLoop")
  private void await() {
    try {
      wait();
    } catch (InterruptedException interrupted) {
      throw new CancellationException("interrupted while the model was in use");
    }
  }

  private void makeRoom(long bytes) {
    List<Held> idle =
        models.stream()
            .filter(Held::isIdle)
            .sorted(Comparator.comparingLong(held -> held.lastUse))
            .toList();
    for (Held oldest : idle) {
      if (models.stream().mapToLong(held -> held.bytes).sum() + bytes <= budget) {
        return;
      }
      drop(oldest);
    }
  }

  /** {@return the folders or files of the models that are open, the latest used last} */
  synchronized List<Path> open() {
    return models.stream()
        .filter(held -> !held.changing)
        .sorted(Comparator.comparingLong(held -> held.lastUse))
        .map(held -> held.folder)
        .toList();
  }

  /** Closes all models; waits for those that are in use. */
  @Override
  public synchronized void close() {
    while (!models.isEmpty()) {
      closeIdle();
      if (!models.isEmpty()) {
        await();
      }
    }
  }
}
