package io.songe.jobs;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.image.Image;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All jobs as they are now: those that are not over in memory, all in the table. A change is
 * written down first, then remembered, then told; if it cannot be written down, it has not
 * happened. Guarded by the queue's lock.
 */
final class Board {
  private static final Logger LOG = Logger.getLogger(Board.class.getName());

  /** Whoever asked for a preview so long ago does not look any more. */
  private static final Duration PATIENCE_OF_WATCHERS = Duration.ofSeconds(5);

  private final JobTable table;
  private final JobFiles files;
  private final Listeners listeners;
  private final Places places = new Places();
  private final Admission admission;
  private final int kept;
  private final Clock clock;
  private final Pace pace;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final Map<String, Long> turns = new HashMap<>();
  private final Map<JobState, Integer> over = new EnumMap<>(JobState.class);
  private Optional<List<Row>> order = Optional.empty();
  private Optional<Forecast> forecast = Optional.empty();
  private long lastTurn;
  private long lastRank;
  private int workers;

  Board(JobTable table, JobFiles files, Listeners listeners, QueueLimits limits, Clock clock) {
    this.table = table;
    this.files = files;
    this.listeners = listeners;
    this.admission = new Admission(limits);
    this.kept = limits.kept();
    this.clock = clock;
    this.pace = new Pace(table.paces());
    this.lastRank = table.lastRank();
    table
        .counts()
        .forEach((state, count) -> {
          if (state.isOver()) {
            over.put(state, count);
          }
        });
    List<Row> live = table.live().stream().map(this::afterRestart).toList();
    table.update(live.stream().filter(row -> row.place().resumed()).toList());
    live.forEach(row -> rows.put(row.id(), row));
    files.removeAllBut(table.ids());
  }

  /** A job that ran when the process ended goes on before all others. */
  private Row afterRestart(Row row) {
    boolean ran = row.state() == JobState.RUNNING;
    Row waiting = ran ? row.waiting(JobState.QUEUED, resumed(row)) : row;
    boolean films = row.order().travel().isPresent() || row.order().traced();
    return films ? waiting.withFrames(files.frames(row.id())) : waiting;
  }

  static Row.Place resumed(Row row) {
    return new Row.Place(true, row.place().priority(), row.place().rank());
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  long nextRank() {
    return ++lastRank;
  }

  void addWorkers(int more) {
    workers += more;
    forecast = Optional.empty();
  }

  // What there is.

  /** {@return a job of an owner, over or not} */
  Optional<Row> find(String owner, String id) {
    return Optional.ofNullable(rows.get(id))
        .or(() -> table.find(id))
        .filter(row -> row.owner().equals(owner));
  }

  /**
   * {@return fingerprints of the pictures that jobs begin with which are not over, of everybody}
   */
  Set<String> sources() {
    return rows.values().stream()
        .flatMap(row -> row.order().recipe().sources().stream())
        .collect(Collectors.toSet());
  }

  /** {@return a job that is not over, of whomever} */
  Row live(String id) {
    Row row = rows.get(id);
    if (row == null) {
      throw new EngineException("the job " + id + " is over, and was thought not to be");
    }
    return row;
  }

  Optional<Run> run(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  Collection<Run> runs() {
    return List.copyOf(runs.values());
  }

  /** {@return the waiting jobs of an owner in their order, those that are held among them} */
  List<Row> waiting(String owner) {
    return rows.values().stream()
        .filter(row -> row.waits() && row.owner().equals(owner))
        .sorted(FairOrder.OWN)
        .toList();
  }

  /** {@return an owner's jobs: those that run, those that wait, the latest that are over} */
  List<Job> list(String owner, int most) {
    Stream<Row> running =
        runs.keySet().stream().map(this::live).filter(row -> row.owner().equals(owner));
    List<Row> all =
        new ArrayList<>(Stream.concat(running, waiting(owner).stream()).limit(most).toList());
    all.addAll(table.over(owner, most - all.size()));
    return all.stream().map(this::view).toList();
  }

  /** {@return the queued jobs in the order in which they are drawn} */
  List<Row> order() {
    if (order.isEmpty()) {
      List<Row> queued =
          rows.values().stream().filter(row -> row.state() == JobState.QUEUED).toList();
      order = Optional.of(FairOrder.of(queued, turns));
    }
    return order.get();
  }

  Map<JobState, Integer> counts() {
    Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
    for (JobState state : JobState.values()) {
      counts.put(state, over.getOrDefault(state, 0));
    }
    rows.values().forEach(row -> counts.merge(row.state(), 1, Integer::sum));
    return counts;
  }

  /**
   * Refuses if there is no place for one more waiting job of an owner.
   *
   * @throws QueueFullException if there is none
   */
  void requirePlace(String owner) {
    admission.require(owner, rows.values(), order(), this::forecast);
  }

  // How it is shown.

  Job view(Row row) {
    Optional<Run> run = run(row.id());
    Optional<Progress> progress = run.map(Run::progress);
    boolean queued = row.state() == JobState.QUEUED;
    return new Job(
        row.id(),
        row.order(),
        row.state(),
        queued ? forecast().position(row.id()) : Optional.empty(),
        row.place().priority(),
        row.submitted(),
        row.started(),
        row.ended(),
        progress.map(Progress::image).orElse(0),
        progress.map(Progress::step).orElse(0),
        progress.map(Progress::steps).orElse(0),
        queued
            ? forecast().timeLeft(row.id())
            : run.stream()
                .flatMapToDouble(it -> secondsLeft(it).stream())
                .mapToObj(Forecast::duration)
                .findFirst(),
        row.images().stream().map(image -> JobId.ofPicture(row.id(), image)).toList(),
        row.frames(),
        row.failure());
  }

  /** {@return the forecast as of the last thing that happened; with many jobs it is dear} */
  private Forecast forecast() {
    if (forecast.isEmpty()) {
      List<OptionalDouble> running = runs.values().stream().map(this::secondsLeft).toList();
      forecast = Optional.of(new Forecast(running, order(), pace, workers));
    }
    return forecast.get();
  }

  private OptionalDouble secondsLeft(Run run) {
    OptionalDouble seen = run.progress().secondsOfPicture();
    OptionalDouble each =
        seen.isPresent() ? seen : pace.ofPicture(live(run.job()).order().recipe());
    return each.isPresent() ? OptionalDouble.of(each.getAsDouble() * run.progress().left()) : each;
  }

  // What happens.

  /** Takes a new job. */
  void add(Row row) {
    table.insert(row);
    nowWaits(row);
  }

  /** Puts a job that was over into the queue again. */
  void again(Row row, JobState was) {
    table.update(List.of(row));
    over.merge(was, -1, Integer::sum);
    nowWaits(row);
  }

  /** Lets a job wait, or wait otherwise; if it ran, it does not any more. */
  void queue(Row row) {
    table.update(List.of(row));
    runs.remove(row.id());
    nowWaits(row);
  }

  private void nowWaits(Row row) {
    rows.put(row.id(), row);
    forget();
    tell(row, JobEvent.Queued::new);
    tellPlaces(row.id());
  }

  /** Gives waiting jobs other places, and tells of the one that was moved. */
  void move(List<Row> changed, String moved) {
    table.update(changed);
    changed.forEach(row -> rows.put(row.id(), row));
    forget();
    tell(live(moved), JobEvent.Queued::new);
    tellPlaces(moved);
  }

  /** Begins the next job. */
  Run begin(Row queued, Thread worker) {
    Row row = queued.begun(now());
    table.update(List.of(row));
    Run run =
        new Run(
            row.id(),
            worker,
            new Progress(Forecast.pictures(row.order()), Forecast.done(row), clock.millis()));
    rows.put(row.id(), row);
    runs.put(row.id(), run);
    turns.put(row.owner(), ++lastTurn);
    forget();
    tell(row, JobEvent.Started::new);
    tellPlaces(row.id());
    return run;
  }

  /** {@return the latest preview of a run, for somebody who will ask again} */
  Optional<Image> preview(Run run) {
    run.setAsked(now());
    return run.preview();
  }

  /** {@return whether anybody would see a preview of a run} */
  boolean isWatched(Run run) {
    return run.wasAskedSince(now().minus(PATIENCE_OF_WATCHERS))
        || listeners.wantPreviews(live(run.job()).owner());
  }

  void stepped(Run run, int image, int step, int steps, Optional<Image> preview) {
    run.progress().stepped(image, step, steps, clock.millis());
    forecast = Optional.empty();
    preview.ifPresent(run::setPreview);
    tellStep(live(run.job()), preview);
  }

  /** A picture is safe. */
  void drawn(Run run, int image) {
    table.addPicture(run.job(), image);
    Row row = live(run.job()).withImage(image);
    rows.put(row.id(), row);
    run.progress().drawn(image, clock.millis());
    forecast = Optional.empty();
    tell(row, job -> new JobEvent.Drawn(job, JobId.ofPicture(row.id(), image)));
  }

  /** A frame is there. */
  void framed(Run run, int frame) {
    Row before = live(run.job());
    Row row = before.withFrames(Math.max(before.frames(), frame + 1));
    rows.put(row.id(), row);
    if (row.order().travel().isPresent()) {
      run.progress().drawn(frame, clock.millis());
      forecast = Optional.empty();
    }
    tellStep(row, Optional.empty());
  }

  /** A job is over; what it taught is remembered if it was finished. */
  void end(Row row) {
    Optional<Pace.Entry> learned =
        row.state() == JobState.FINISHED ? learned(row) : Optional.empty();
    table.update(row, learned);
    learned.ifPresent(pace::put);
    rows.remove(row.id());
    runs.remove(row.id());
    over.merge(row.state(), 1, Integer::sum);
    forget();
    tell(row, JobEvent.Ended::new);
    tellPlaces(row.id());
    prune();
  }

  /** A run of which nothing could be written down; the next start finds it as it was. */
  void abandon(Run run) {
    runs.remove(run.job());
  }

  private Optional<Pace.Entry> learned(Row row) {
    return run(row.id())
        .flatMap(run -> run.progress().secondsOfPicture().stream().boxed().findFirst())
        .filter(seconds -> seconds > 0)
        .map(seconds -> pace.learned(row.order().recipe(), seconds));
  }

  private void prune() {
    int remembered = over.values().stream().mapToInt(Integer::intValue).sum();
    if (remembered <= kept) {
      return;
    }
    try {
      table
          .prune(kept)
          .forEach((id, state) -> {
            over.merge(state, -1, Integer::sum);
            files.remove(id);
          });
    } catch (BrokenFileException unwritable) {
      LOG.log(Level.WARNING, "jobs that are over stay for now", unwritable);
    }
  }

  /** What was computed from the jobs is out of date. */
  private void forget() {
    order = Optional.empty();
    forecast = Optional.empty();
  }

  private void tell(Row row, Function<Job, JobEvent> event) {
    listeners.tell(row.owner(), () -> event.apply(view(row)));
  }

  private void tellStep(Row row, Optional<Image> preview) {
    listeners.tellStep(row.owner(), () -> new JobEvent.Stepped(view(row), preview));
  }

  private void tellPlaces(String known) {
    for (Row row : places.changed(order(), known)) {
      listeners.tellPlace(row.owner(), () -> new JobEvent.Queued(view(row)));
    }
  }
}
