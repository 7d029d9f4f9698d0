package io.songe.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final int LOSS = 4;

  @TempDir Path folder;

  private final List<TrainingProgress> told = new ArrayList<>();

  @Test
  void a_task_is_learned_and_everything_is_kept() {
    RunFolder run = open("run", false);

    Trainer.Outcome outcome = train(run, TinyOptions.of(200));

    assertThat(outcome).isEqualTo(Trainer.Outcome.FINISHED);
    List<double[]> rows = MetricsFile.read(run.metrics()).rows();
    assertThat(rows).hasSize(200);
    assertThat(rows.getLast()[LOSS]).isLessThan(rows.getFirst()[LOSS] / 20);
    assertThat(run.savedSteps()).isEqualTo(200);
    assertThat(told).contains(new TrainingProgress.Saved(200));
    assertThat(told.getLast())
        .isInstanceOfSatisfying(
            TrainingProgress.Step.class,
            last -> {
              assertThat(last.step()).isEqualTo(200);
              assertThat(last.left()).isZero();
              assertThat(last.loss()).isLessThan(1);
            });
  }

  @Test
  void a_run_that_stopped_often_makes_the_steps_of_one_that_never_did() {
    // more steps than rows of metrics, so that it also stops between two rows
    TrainingOptions options = TinyOptions.of(1100);
    RunFolder whole = open("whole", false);
    train(whole, options);
    RunFolder stopped = open("stopped", false);

    for (long last : new long[] {0, 100, 401, 700}) {
      train(open("stopped", true), options, new TinyTask(interruptedIn(last)));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(stopped.savedSteps()).isBetween(last + 1, 1099L);
    }
    train(open("stopped", true), options);

    assertThat(Curves.of(stopped)).isEqualTo(Curves.of(whole)).hasSize(551);
    assertThat(numbers(stopped)).isEqualTo(numbers(whole));
  }

  @Test
  void a_run_whose_time_is_spent_is_saved_and_can_be_gone_on_with() {
    RunFolder run = open("run", false);

    Trainer.Outcome outcome = train(run, TinyOptions.with(20, Duration.ofNanos(1)));

    assertThat(outcome).isEqualTo(Trainer.Outcome.OUT_OF_TIME);
    assertThat(run.savedSteps()).isEqualTo(1);
    assertThat(train(run, TinyOptions.of(20))).isEqualTo(Trainer.Outcome.FINISHED);
    assertThat(run.savedSteps()).isEqualTo(20);
  }

  @Test
  void an_interrupted_thread_stops_after_its_step_with_everything_saved() {
    RunFolder run = open("run", false);

    Trainer.Outcome outcome = train(run, TinyOptions.of(200), new TinyTask(interruptedIn(20)));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome).isEqualTo(Trainer.Outcome.INTERRUPTED);
    assertThat(run.savedSteps()).isBetween(21L, 199L);
  }

  @Test
  void an_interruption_does_not_close_the_files_of_the_step() throws IOException {
    Path file = Files.writeString(folder.resolve("samples"), "some");
    TinyTask.Change interrupting = interruptedIn(20);
    TinyTask.Change reading =
        (step, loss) -> {
          interrupting.of(step, loss);
          try (FileChannel channel = FileChannel.open(file)) {
            return loss.plus(channel.read(ByteBuffer.allocate(4)) - 4);
          } catch (IOException closed) {
            throw new UncheckedIOException(closed);
          }
        };

    Trainer.Outcome outcome = train(open("run", false), TinyOptions.of(200), new TinyTask(reading));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome).isEqualTo(Trainer.Outcome.INTERRUPTED);
  }

  @Test
  void a_loss_that_is_no_number_stops_before_it_changes_anything() {
    RunFolder run = open("run", false);
    UnaryOperator<Tensor> broken = loss -> loss.times(Double.NaN);
    try (TinyTask task = new TinyTask((step, loss) -> step == 37 ? broken.apply(loss) : loss)) {
      assertThatThrownBy(
              () -> Trainer.train(task, run, TinyOptions.saving(200), SampleSheet.NONE, told::add))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "in step 38 the loss of model is NaN; the state saved before is kept. Try a lower"
                  + " learning rate (it was 0.01), stronger clipping (it was 1.0), or computing in"
                  + " FLOAT32");

      assertThat(run.savedSteps()).isEqualTo(37);
      assertThat(finite(task)).isTrue();
    }
  }

  private static boolean finite(TinyTask task) {
    try (Scope _ = Scope.open()) {
      return task.weights.variables().values().stream()
          .map(Variable::value)
          .allMatch(Tensor::isFinite);
    }
  }

  @Test
  void gradients_that_are_no_numbers_stop_it_too() {
    RunFolder run = open("run", false);
    // the root of 0 is 0, and its slope is infinite
    TinyTask task =
        new TinyTask((step, loss) -> step == 3 ? loss.minus(loss).sqrt().plus(loss) : loss);

    assertThatThrownBy(() -> train(run, TinyOptions.of(200), task))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("in step 4 the norm of the gradients of model is ");
  }

  @Test
  void parts_of_a_step_give_the_gradient_of_the_whole() {
    RunFolder whole = open("whole", false);
    RunFolder parts = open("parts", false);

    train(whole, TinyOptions.of(3, 1));
    train(parts, TinyOptions.of(3, 4));

    double[] one = MetricsFile.read(whole.metrics()).rows().getLast();
    double[] other = MetricsFile.read(parts.metrics()).rows().getLast();
    for (int column = LOSS; column < LOSS + 3; column++) {
      assertThat(other[column]).isCloseTo(one[column], within(1e-4));
    }
  }

  @Test
  void sheets_are_drawn_of_the_averages_when_their_steps_come_and_at_the_end() {
    RunFolder run = open("run", false);
    List<String> drawn = new ArrayList<>();

    try (TinyTask task = new TinyTask()) {
      Trainer.train(
          task,
          run,
          TinyOptions.of(120),
          (file, averages) -> {
            drawn.add(file.getFileName().toString());
            assertThat(file.getParent()).isEqualTo(run.sheets()).isDirectory();
            assertThat(averages.get("model")).containsOnlyKeys(task.weights.variables().keySet());
            return new LinkedHashMap<>();
          },
          told::add);
    }

    assertThat(drawn).containsExactly("step-000050.png", "step-000100.png", "step-000120.png");
  }

  @Test
  void what_is_measured_with_a_sheet_is_kept_once_for_each_step() {
    RunFolder run = open("run", false);
    List<Path> drawn = new ArrayList<>();
    SampleSheet measuring =
        (file, _) -> {
          drawn.add(file);
          return new LinkedHashMap<>(Map.of("sharpness", .25 * drawn.size()));
        };

    try (TinyTask task = new TinyTask(interruptedIn(100))) {
      Trainer.train(task, run, TinyOptions.of(120), measuring, told::add);
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(drawn).hasSize(2);
    try (TinyTask task = new TinyTask()) {
      Trainer.train(task, open("run", true), TinyOptions.of(120), measuring, told::add);
    }

    MetricsFile.Table figures = MetricsFile.read(run.figures());
    assertThat(figures.columns())
        .containsExactly("step", "samples", "seconds", "rate", "sharpness");
    assertThat(figures.rows().stream().map(row -> row[0])).containsExactly(50.0, 100.0, 120.0);
    assertThat(figures.rows().stream().map(row -> row[4])).containsExactly(.25, .5, .75);
    assertThat(run.figures()).isRegularFile();
  }

  @Test
  void a_row_of_a_sheet_that_is_drawn_again_is_replaced() {
    RunFolder run = open("run", false);
    try (MetricsFile before = MetricsFile.open(run.figures(), 0)) {
      for (long step : new long[] {50, 100, 150}) {
        before.add(step, 0, 0, 1, new LinkedHashMap<>(Map.of("sharpness", 9.0)));
      }
    }

    try (TinyTask task = new TinyTask()) {
      Trainer.train(
          task,
          run,
          TinyOptions.of(70),
          (_, _) -> new LinkedHashMap<>(Map.of("sharpness", 1.0)),
          told::add);
    }

    List<double[]> rows = MetricsFile.read(run.figures()).rows();
    assertThat(rows.stream().map(row -> row[0])).containsExactly(50.0, 70.0);
    assertThat(rows.stream().map(row -> row[4])).containsOnly(1.0);
  }

  @Test
  void a_run_that_could_not_be_saved_is_not_begun() {
    RunFolder run = open("run", false);

    try (TinyTask task = new TinyTask()) {
      assertThatThrownBy(() -> run.state().requireSpace(task.weights.variables(), 20_001_000))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "the state of this run takes 21 MB where 20 MB are free; free some space, or choose"
                  + " another folder");
      run.state().requireSpace(task.weights.variables(), 21_000_000);
    }
  }

  @Test
  void a_step_leaves_no_native_memory_behind() {
    List<Long> handles = new ArrayList<>();
    TinyTask.Change counting =
        (_, loss) -> {
          handles.add(Pointer.totalCount());
          return loss;
        };

    train(open("run", false), TinyOptions.of(300), new TinyTask(counting));

    // the first steps load classes, whose constants stay
    assertThat(handles.getLast()).isLessThanOrEqualTo(handles.get(40));
  }

  @Test
  void a_model_that_was_half_written_when_the_process_was_killed_is_taken_away()
      throws IOException {
    RunFolder run = open("run", false);
    Path left = run.path().resolve(".00112233-4455-6677-8899-aabbccddeeff.part");
    Files.createDirectories(left.resolve("unet"));
    Files.writeString(left.resolve("unet/config.json"), "{");

    train(run, TinyOptions.of(3));

    assertThat(left).doesNotExist();
  }

  @Test
  void a_second_trainer_is_kept_out() {
    RunFolder run = open("run", false);

    try (RunLock _ = RunLock.of(run)) {
      assertThatThrownBy(() -> train(run, TinyOptions.of(3)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "the run in run is being trained by another process; wait for it, or stop it");
    }
    assertThat(train(run, TinyOptions.of(3))).isEqualTo(Trainer.Outcome.FINISHED);
  }

  @Test
  void the_state_of_another_network_is_refused() throws IOException {
    RunFolder run = open("run", false);
    train(run, TinyOptions.of(3));

    try (TinyTask task = new TinyTask()) {
      Map<String, Variable> fewer = new LinkedHashMap<>();
      fewer.put("model/variable/other", task.weights.variables().firstEntry().getValue());

      assertThatThrownBy(() -> run.state().restore(fewer))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageContaining("state.safetensors: lacks model/variable/other");
    }
  }

  @Test
  void what_a_killed_write_left_behind_is_taken_away() throws IOException {
    RunFolder run = open("run", false);
    Path left = run.path().resolve(".00112233-4455-6677-8899-aabbccddeeff.part");
    Files.writeString(left, "half");

    train(run, TinyOptions.of(3));

    assertThat(left).doesNotExist();
  }

  /** Interrupts the thread that asked for it, which is the one that waits. */
  private static TinyTask.Change interruptedIn(long last) {
    Thread waiting = Thread.currentThread();
    return (step, loss) -> {
      if (step == last) {
        waiting.interrupt();
        LockSupport.parkNanos(20_000_000);
      }
      return loss;
    };
  }

  private RunFolder open(String name, boolean resume) {
    return RunFolder.open(folder.resolve(name), TinyOptions.config(), resume);
  }

  private Trainer.Outcome train(RunFolder run, TrainingOptions options) {
    return train(run, options, new TinyTask());
  }

  private Trainer.Outcome train(RunFolder run, TrainingOptions options, TinyTask task) {
    try (task) {
      return Trainer.train(task, run, options, SampleSheet.NONE, told::add);
    }
  }

  private static List<String> numbers(RunFolder run) {
    List<String> numbers = new ArrayList<>();
    try (Scope _ = Scope.open()) {
      run.savedAverages("model")
          .forEach((name, average) ->
              numbers.add(name + Arrays.toString(average.toTensor().toFloats())));
    }
    return numbers;
  }
}
