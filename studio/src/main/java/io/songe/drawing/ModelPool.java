package io.songe.drawing;

import com.sun.management.OperatingSystemMXBean;
import io.songe.checkpoint.ModelSummary;
import io.songe.checkpoint.adapter.AppliedAdapter;
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

  private static final class Held {
    private final Path folder;
    private final Precision precision;
    private final TextToImage model;
    private final long bytes;
    private List<AppliedAdapter> adapters = List.of();
    private int users;
    private long lastUse;

    private Held(Path folder, Precision precision, TextToImage model, long bytes) {
      this.folder = folder;
      this.precision = precision;
      this.model = model;
      this.bytes = bytes;
    }
  }

  /** A model in use. */
  final class Lease implements AutoCloseable {
    private final Held held;
    private boolean open = true;

    private Lease(Held held) {
      this.held = held;
    }

    TextToImage model() {
      return held.model;
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
   * Other threads that want a model wait meanwhile.
   *
   * @param folder of the model, or its file
   * @param precision in which it computes, never AUTO
   * @param adapters that it is to be changed by, and by no others
   * @param finder finds the adapters' files, or throws
   * @return the model, to be given back
   */
  synchronized Lease take(
      Path folder,
      Precision precision,
      List<AppliedAdapter> adapters,
      Function<AppliedAdapter, Path> finder) {
    while (true) {
      Optional<Held> found = find(folder, precision);
      if (found.isEmpty()) {
        return use(adapted(opened(folder, precision), adapters, finder));
      }
      Held held = found.get();
      if (held.users == 0 || held.adapters.equals(adapters)) {
        return use(adapted(held, adapters, finder));
      }
      await();
    }
  }

  private Optional<Held> find(Path folder, Precision precision) {
    return models.stream()
        .filter(held -> held.folder.equals(folder) && held.precision == precision)
        .findFirst();
  }

  private void await() {
    try {
      wait();
    } catch (InterruptedException interrupted) {
      throw new CancellationException("interrupted while the model was in use");
    }
  }

  private Held opened(Path folder, Precision precision) {
    long bytes = ModelSummary.read(folder).parameters() * precision.dtype().bytes();
    makeRoom(bytes);
    Held held = new Held(folder, precision, TextToImage.open(folder, precision), bytes);
    models.add(held);
    return held;
  }

  private void makeRoom(long bytes) {
    List<Held> idle =
        models.stream()
            .filter(held -> held.users == 0)
            .sorted(Comparator.comparingLong(held -> held.lastUse))
            .toList();
    for (Held oldest : idle) {
      if (models.stream().mapToLong(held -> held.bytes).sum() + bytes <= budget) {
        return;
      }
      models.remove(oldest);
      oldest.model.close();
    }
  }

  private static Held adapted(
      Held held, List<AppliedAdapter> adapters, Function<AppliedAdapter, Path> finder) {
    if (!held.adapters.equals(adapters)) {
      try (OpenedAdapters opened = OpenedAdapters.of(adapters, finder)) {
        opened.applyTo(held.model);
      }
      held.adapters = adapters;
    }
    return held;
  }

  private Lease use(Held held) {
    held.users++;
    held.lastUse = ++uses;
    return new Lease(held);
  }

  /** {@return the folders or files of the models that are open, the latest used last} */
  synchronized List<Path> open() {
    return models.stream()
        .sorted(Comparator.comparingLong(held -> held.lastUse))
        .map(held -> held.folder)
        .toList();
  }

  /** Closes all models; waits for those that are in use. */
  @Override
  public synchronized void close() {
    while (!models.isEmpty()) {
      models.removeIf(held -> {
        if (held.users == 0) {
          held.model.close();
        }
        return held.users == 0;
      });
      if (!models.isEmpty()) {
        await();
      }
    }
  }
}
