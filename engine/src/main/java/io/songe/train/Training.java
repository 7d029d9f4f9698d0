package io.songe.train;

import io.songe.error.EngineException;
import io.songe.tensor.Variable;
import io.songe.train.Trainer.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One call of {@link Trainer#train}; {@code stop} is asked after every step. */
final class Training implements AutoCloseable {
  /** Rows that the metrics of a whole run have, at most. */
  private static final long MOST_ROWS = 1000;

  private final TrainingTask task;
  private final RunFolder run;
  private final TrainingOptions options;
  private final SampleSheet sheet;
  private final Consumer<TrainingProgress> listener;
  private final BooleanSupplier stop;
  private final List<Learner> learners;
  private final SavedState state;
  private final long began = System.nanoTime();

  private long step;
  private double secondsBefore;
  private MetricsWindow window = new MetricsWindow();
  private long savedStep = -1;
  private long savedAt = began;
  private long drawnStep = -1;

  Training(
      TrainingTask task,
      RunFolder run,
      TrainingOptions options,
      SampleSheet sheet,
      Consumer<TrainingProgress> listener,
      BooleanSupplier stop) {
    this.task = task;
    this.run = run;
    this.options = options;
    this.sheet = sheet;
    this.listener = listener;
    this.stop = stop;
    this.state = run.state();
    if (task.players().stream().map(Player::name).distinct().count() != task.players().size()) {
      throw new EngineException("two players have one name");
    }
    this.learners = task.players().stream().map(player -> new Learner(player, options)).toList();
  }

  Outcome run() {
    run.clearUnfinished();
    restore();
    state.requireSpace(tensors(), run.freeSpace());
    long total = options.rate().total();
    Pace pace = new Pace(task.samplesPerStep(), step, total);
    try (MetricsFile metrics = MetricsFile.open(run.metrics(), step)) {
      Outcome outcome = Outcome.FINISHED;
      while (step < total && outcome == Outcome.FINISHED) {
        makeStep(metrics, pace);
        outcome = outcome();
        if (options.sheetEvery() > 0 && step % options.sheetEvery() == 0) {
          draw();
        }
        if (since(savedAt).compareTo(options.saveEvery()) >= 0) {
          save(metrics);
        }
        pace.report(false, listener);
      }
      finish(metrics, pace, outcome);
      return outcome;
    }
  }

  private void restore() {
    if (state.exists()) {
      SavedState.Position position = state.restore(tensors());
      step = position.step();
      savedStep = step;
      secondsBefore = position.seconds();
      window = position.window();
    }
  }

  private Map<String, Variable> tensors() {
    Map<String, Variable> tensors = new LinkedHashMap<>();
    learners.forEach(learner -> tensors.putAll(learner.state()));
    return tensors;
  }

  private void makeStep(MetricsFile metrics, Pace pace) {
    StepTimes times = new StepTimes();
    SequencedMap<String, Double> measured = new LinkedHashMap<>();
    for (Learner learner : learners) {
      learners.forEach(Learner::clearGradients);
      measured.putAll(learner.learn(step, times));
    }
    pace.step(measured.firstEntry().getValue());
    times.addTo(measured);
    window.add(measured);
    double rate = options.rate().at(step);
    step++;
    long total = options.rate().total();
    if (step % Math.ceilDiv(total, MOST_ROWS) == 0 || step == total) {
      metrics.add(step, step * task.samplesPerStep(), seconds(), rate, window.means());
      window.clear();
    }
  }

  private Outcome outcome() {
    if (stop.getAsBoolean()) {
      return Outcome.INTERRUPTED;
    }
    boolean spent =
        options.budget().filter(budget -> since(began).compareTo(budget) >= 0).isPresent();
    return spent && step < options.rate().total() ? Outcome.OUT_OF_TIME : Outcome.FINISHED;
  }

  private void finish(MetricsFile metrics, Pace pace, Outcome outcome) {
    if (outcome == Outcome.FINISHED && drawnStep != step && !Files.exists(run.sheet(step))) {
      draw();
    }
    if (savedStep != step) {
      save(metrics);
    }
    pace.report(true, listener);
  }

  private void draw() {
    Map<String, SequencedMap<String, Variable>> averages = new LinkedHashMap<>();
    learners.forEach(learner -> averages.put(learner.name(), learner.averages()));
    Path file = run.sheet(step);
    SequencedMap<String, Double> figures = sheet.draw(file, averages);
    drawnStep = step;
    if (!figures.isEmpty()) {
      try (MetricsFile measured = MetricsFile.open(run.figures(), step - 1)) {
        measured.add(
            step, step * task.samplesPerStep(), seconds(), options.rate().at(step - 1), figures);
      }
    }
    listener.accept(new TrainingProgress.Sheet(file));
  }

  private void save(MetricsFile metrics) {
    metrics.force();
    SavedState.Position position = new SavedState.Position(step, seconds(), window);
    state.write(position, tensors());
    RunReport.write(run, step, options.rate().total());
    savedStep = step;
    savedAt = System.nanoTime();
    listener.accept(new TrainingProgress.Saved(step));
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - began) / 1e9;
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  @Override
  public void close() {
    learners.forEach(Learner::close);
  }
}
