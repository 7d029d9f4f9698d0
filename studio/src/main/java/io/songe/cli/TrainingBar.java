package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.cli.terminal.ProgressBar;
import io.songe.cli.terminal.Terminal;
import io.songe.train.TrainingProgress;
import java.util.Locale;

/** Shows how far a training is: one bar after the other, and a line for each sheet of samples. */
final class TrainingBar implements AutoCloseable {
  private final Surroundings around;
  private final Terminal terminal;
  private final ProgressBar bar;
  private String work = "";
  private String line = "";

  TrainingBar(Surroundings around) {
    this.around = around;
    this.terminal = around.terminal().get();
    this.bar = new ProgressBar(around.err(), terminal, around.messages(), around.clock());
  }

  /**
   * Shows how far a work is that counts things.
   *
   * @param name of the work
   * @param done how many there are by now
   * @param count of all
   */
  void counted(String name, int done, int count) {
    if (work.equals(name)) {
      bar.step(done, count);
    } else {
      work = name;
      bar.begin(name, done, count);
    }
  }

  /**
   * Shows how far a run is. Where there is no terminal, a line is written for each saved state.
   *
   * @param name of the work
   * @param progress of the run
   */
  void trained(String name, TrainingProgress progress) {
    switch (progress) {
      case TrainingProgress.Step step -> {
        String at =
            around.say(
                Text.TRAINING_AT,
                name,
                String.format(Locale.ROOT, "%.4f", step.loss()),
                step.samplesPerSecond());
        line =
            around.say(
                Text.TRAINING_LINE,
                at,
                step.step(),
                step.total(),
                around.messages().left(step.left()));
        counted(name, Math.toIntExact(step.step()), Math.toIntExact(step.total()));
        bar.name(at);
      }
      case TrainingProgress.Saved _ -> {
        if (!terminal.interactive() && !line.isEmpty()) {
          bar.above(line + "\n");
        }
      }
      case TrainingProgress.Sheet(var file) ->
          bar.above(around.say(Text.SHEET_DRAWN, Printable.line(file.toString())) + "\n");
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
