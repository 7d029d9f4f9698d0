package io.songe.train;

import io.songe.error.EngineException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Trains a task in a run folder: in every step, for every player, the loss of each part of the
 * samples is followed back, the gradients are clipped, the optimizer makes its step, and the moving
 * average follows.
 *
 * <p>Interrupting the thread stops after the present step, with everything saved. A process that is
 * killed loses what was done since the last saved state, and a run that is gone on with makes the
 * very steps that an uninterrupted one would have made: to the bit, with as many threads and on
 * such a processor.
 *
 * <p>The work is done on a thread of its own, while the calling one waits: an interruption would
 * close whatever file a step reads or writes at that moment.
 */
public final class Trainer {
  private Trainer() {}

  /** How a call ended. In each case the state is saved. */
  public enum Outcome {
    /** All steps were made. */
    FINISHED,
    /** The time budget was used up. */
    OUT_OF_TIME,
    /** The thread was interrupted; its interrupted status is set again. */
    INTERRUPTED
  }

  /**
   * Makes the steps that are left.
   *
   * @param task what is learned; its players' variables are set from the saved state, if there is
   *     one
   * @param run where everything is kept
   * @param options how
   * @param sheet draws samples
   * @param listener is told how it goes, on the thread that works
   * @return why it returned
   * @throws io.songe.error.InvalidRequestException if a loss or a gradient is not finite: the last
   *     good state is kept, and the message says which step it was and what to try; or if another
   *     process trains this run
   * @throws io.songe.error.BrokenFileException if the state cannot be written, such as for want of
   *     space; the state before is kept
   */
  public static Outcome train(
      TrainingTask task,
      RunFolder run,
      TrainingOptions options,
      SampleSheet sheet,
      Consumer<TrainingProgress> listener) {
    AtomicBoolean stop = new AtomicBoolean();
    FutureTask<Outcome> work =
        new FutureTask<>(() -> {
          try (RunLock _ = RunLock.of(run);
              Training training = new Training(task, run, options, sheet, listener, stop::get)) {
            return training.run();
          }
        });
    Thread.ofPlatform().name("training").start(work);
    return wait(work, stop);
  }

  private static Outcome wait(FutureTask<Outcome> work, AtomicBoolean stop) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return work.get();
        } catch (InterruptedException _) {
          interrupted = true;
          stop.set(true);
        } catch (ExecutionException failed) {
          throw rethrown(failed);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(ExecutionException failed) {
    return switch (failed.getCause()) {
      case RuntimeException known -> known;
      case Error error -> throw error;
      case null, default -> new EngineException("training failed", failed);
    };
  }
}
