package io.songe.gallery;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One thread for all that is written: changes come one after the other, and whoever waits for one
 * may be interrupted without the file under it being closed in the middle, as Java does with
 * channels.
 */
final class Pen implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("songe-gallery").daemon().factory());

  /**
   * Carries something out on the thread and waits for it, interrupted or not.
   *
   * @return its result; what it throws unchecked is thrown here
   */
  <T> T write(Callable<T> change) {
    Future<T> result = thread.submit(change);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } catch (ExecutionException failure) {
      throw unchecked(failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unchecked(ExecutionException failure) {
    return switch (failure.getCause()) {
      case RuntimeException cause -> cause;
      case Error cause -> throw cause;
      case null, default -> new IllegalStateException(failure);
    };
  }

  boolean isOpen() {
    return !thread.isShutdown();
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
