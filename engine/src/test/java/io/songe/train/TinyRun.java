package io.songe.train;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Trains {@link TinyTask} slowly in a process of its own, which {@link KilledRunTest} kills. */
final class TinyRun {
  private static final long NANOS_PER_STEP = 2_000_000;

  private TinyRun() {}

  public static void main(String[] arguments) {
    RunFolder run = RunFolder.open(Path.of(arguments[0]), TinyOptions.config(), true);
    TinyTask.Change slow =
        (_, loss) -> {
          LockSupport.parkNanos(NANOS_PER_STEP);
          return loss;
        };
    try (TinyTask task = new TinyTask(slow)) {
      Trainer.train(
          task,
          run,
          TinyOptions.savingOften(Integer.parseInt(arguments[1])),
          SampleSheet.NONE,
          progress -> {
            if (progress instanceof TrainingProgress.Saved saved) {
              System.out.println(saved.step());
            }
          });
    }
  }
}
