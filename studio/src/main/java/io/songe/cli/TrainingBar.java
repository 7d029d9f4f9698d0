package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.cli.terminal.ProgressBar;
import io.songe.cli.terminal.Terminal;
import io.songe.train.TrainingProgress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows how far a training is: one bar after the other, and a line for each sheet of samples. */
final class TrainingBar implements AutoCloseable {
  private final Surroundings around;
  private final Terminal terminal;
  private final ProgressBar bar;
  private String work = "";
  private TrainingProgress.@Nullable Step last;

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
        last = step;
        counted(name, Math.toIntExact(step.step()), Math.toIntExact(step.total()));
        bar.name(at(name, step));
      }
      case TrainingProgress.Saved(long made) -> {
        if (!terminal.interactive() && last != null && made < last.total()) {
          String left = around.messages().left(last.left());
          bar.above(
              around.say(Text.TRAINING_LINE, at(name, last), made, last.total(), left) + "\n");
        }
      }
      case TrainingProgress.Sheet(var file) ->
          bar.above(around.say(Text.SHEET_DRAWN, Printable.line(file.toString())) + "\n");
    }
  }

  /**
   * Says something that stays above the bar.
   *
   * @param line without a line feed
   */
  void above(String line) {
    bar.above(line + "\n");
  }

  private String at(String name, TrainingProgress.Step step) {
    String loss = String.format(Locale.ROOT, "%.4f", step.loss());
    return around.say(Text.TRAINING_AT, name, loss, step.samplesPerSecond());
  }

  @Override
  public void close() {
    bar.close();
  }
}
