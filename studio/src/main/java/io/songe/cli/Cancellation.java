package io.songe.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While this is open, whatever ends the process (Ctrl-C, a closed terminal) first interrupts the
 * thread that opened it, and waits until that has cleaned up behind itself and closed this.
 */
final class Cancellation implements AutoCloseable {
  /** Interrupted work ends within one step; a step that takes longer is not waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CountDownLatch cleanedUp = new CountDownLatch(1);
  private final Thread hook;

  private Cancellation(Thread worker) {
    this.hook =
        new Thread(
            () -> {
              worker.interrupt();
              try {
                boolean _ = cleanedUp.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
              } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
              }
            },
            "cancel");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static Cancellation ofThisThread() {
    return new Cancellation(Thread.currentThread());
  }

  @Override
  public void close() {
    cleanedUp.countDown();
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException theProcessIsEnding) {
      // Then the hook is running already, and has just been let go.
    }
  }
}
