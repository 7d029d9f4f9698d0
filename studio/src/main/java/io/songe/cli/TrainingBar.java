package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.cli.terminal.ProgressBar;
import io.songe.train.TrainingProgress;
import java.util.Locale;

/** Shows how far a training is: one bar after the other, and a line for each sheet of samples. */
final class TrainingBar implements AutoCloseable {
  private final Surroundings around;
  private final ProgressBar bar;
  private String work = "";

  TrainingBar(Surroundings around) {
    this.around = around;
    this.bar =
        new ProgressBar(around.err(), around.terminal().get(), around.messages(), around.clock());
  }

  /**
   * Shows how far a work is that counts things.
   *
   * @param name of the work
   * @param done how many there are by now
   * @param count of all
   */
  void counted(String name, int done, int count) {
    if (!work.equals(name)) {
      work = name;
      bar.begin(name, count);
    }
    bar.step(done, count);
  }

  /**
   * Shows how far a run is.
   *
   * @param name of the work
   * @param progress of the run
   */
  void trained(String name, TrainingProgress progress) {
    switch (progress) {
      case TrainingProgress.Step step -> {
        counted(name, Math.toIntExact(step.step()), Math.toIntExact(step.total()));
        bar.name(
            around.say(
                Text.TRAINING_AT,
                name,
                String.format(Locale.ROOT, "%.4f", step.loss()),
                step.samplesPerSecond()));
      }
      case TrainingProgress.Saved _ -> {}
      case TrainingProgress.Sheet(var file) ->
          bar.above(around.say(Text.SHEET_DRAWN, Printable.line(file.toString())) + "\n");
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
