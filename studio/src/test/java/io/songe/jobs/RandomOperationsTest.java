package io.songe.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operations, with restarts in between, on a queue and on a model of it that has neither
 * files nor threads and finds the next job by looking through all.
 */
class RandomOperationsTest {
  private static final int OPERATIONS = 200;
  private static final List<String> OWNERS = List.of("anna", "ben", "carl");

  @TempDir Path folder;

  @Test
  void a_queue_is_always_as_its_model_says() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Model model = new Model();
    try (Stage stage = new Stage(folder, new QueueLimits(1000, 1000, 1000))) {
      stage.work();
      for (int i = 0; i < OPERATIONS; i++) {
        String what = "seed " + seed + ", operation " + i + ": " + operate(stage, model, random);
        model
            .beginNext()
            .ifPresent(next -> assertThat(stage.awaitBegun().id()).as(what).isEqualTo(next.id));
        compare(stage, model, what);
      }
    }
  }

  private static String operate(Stage stage, Model model, Random random) {
    String owner = OWNERS.get(random.nextInt(OWNERS.size()));
    Optional<ModelJob> one = model.anyOf(owner, random);
    int operation = random.nextInt(13);
    if (operation < 4 || one.isEmpty()) {
      int priority = random.nextInt(4) == 0 ? random.nextInt(3) - 1 : 0;
      model.add(stage.queue.submit(Orders.of(owner, "a fox", 2), priority));
      return "submit";
    }
    return one.get()
        + " "
        + switch (operation) {
          case 4 -> cancel(stage, model, one.get());
          case 5 -> hold(stage, one.get());
          case 6 -> release(stage, one.get());
          case 7 -> move(stage, model, one.get(), model.anyOf(owner, random));
          case 8 -> retry(stage, model, one.get());
          case 9 -> pause(stage, model);
          case 10 -> restart(stage, model);
          default -> draw(stage, model, operation == 11);
        };
  }

  private static String cancel(Stage stage, Model model, ModelJob job) {
    assertThat(stage.queue.cancel(job.owner, job.id)).isEqualTo(!job.state.isOver());
    if (!job.state.isOver()) {
      model.end(job, JobState.CANCELLED);
    }
    return "cancel";
  }

  private static String hold(Stage stage, ModelJob job) {
    if (job.state.isOver()) {
      assertRefused(() -> stage.queue.hold(job.owner, job.id));
    } else {
      stage.queue.hold(job.owner, job.id);
      job.state = JobState.HELD;
    }
    return "hold";
  }

  private static String release(Stage stage, ModelJob job) {
    if (job.state.isOver()) {
      assertRefused(() -> stage.queue.release(job.owner, job.id));
    } else {
      stage.queue.release(job.owner, job.id);
      job.state = job.state == JobState.HELD ? JobState.QUEUED : job.state;
    }
    return "release";
  }

  private static String move(Stage stage, Model model, ModelJob job, Optional<ModelJob> before) {
    if (!job.waits() || before.filter(other -> !other.waits()).isPresent()) {
      assertRefused(() -> stage.queue.move(job.owner, job.id, before.map(other -> other.id)));
    } else {
      stage.queue.move(job.owner, job.id, before.map(other -> other.id));
      model.move(job, before);
    }
    return "move before " + before;
  }

  private static String retry(Stage stage, Model model, ModelJob job) {
    if (job.state == JobState.FAILED || job.state == JobState.CANCELLED) {
      stage.queue.retry(job.owner, job.id);
      job.state = JobState.QUEUED;
      job.resumed = false;
      job.rank = model.nextRank();
    } else {
      assertRefused(() -> stage.queue.retry(job.owner, job.id));
    }
    return "retry";
  }

  private static String pause(Stage stage, Model model) {
    model.paused = !model.paused;
    if (model.paused) {
      stage.queue.pause();
    } else {
      stage.queue.resume();
    }
    return "pause";
  }

  private static String restart(Stage stage, Model model) {
    stage.restart();
    stage.work();
    model
        .running()
        .ifPresent(job -> {
          job.state = JobState.QUEUED;
          job.resumed = true;
        });
    model.turns.clear();
    return "restart";
  }

  private static String draw(Stage stage, Model model, boolean fails) {
    if (model.running().isEmpty()) {
      return "nothing";
    }
    ModelJob job = model.running().get();
    if (job.pictures == 0) {
      stage.drawOne(0);
      job.pictures = 1;
      return "draw one";
    }
    if (fails) {
      stage.act((_, _) -> {
        throw new InvalidRequestException("no");
      });
      model.end(job, JobState.FAILED);
    } else {
      stage.finish();
      job.pictures = 2;
      model.end(job, JobState.FINISHED);
    }
    Stage.await(() -> stage.queue.find(job.owner, job.id).orElseThrow().state() == job.state);
    return "draw all";
  }

  private static void assertRefused(Runnable refused) {
    assertThatThrownBy(refused::run).isInstanceOf(InvalidRequestException.class);
  }

  private static void compare(Stage stage, Model model, String what) {
    List<ModelJob> order = model.order();
    for (String owner : OWNERS) {
      List<String> expected =
          model.list(owner).stream()
              .map(job ->
                  describe(job.id, job.state, order.indexOf(job), job.priority, job.pictures))
              .toList();
      List<String> actual =
          stage.queue.list(owner, 10_000).stream()
              .map(job ->
                  describe(
                      job.id(),
                      job.state(),
                      job.position().orElse(-1),
                      job.priority(),
                      job.pictures().size()))
              .toList();
      assertThat(actual).as(what).isEqualTo(expected);
    }
    assertThat(stage.queue.isPaused()).as(what).isEqualTo(model.paused);
    Map<JobState, Integer> counts = stage.queue.counts();
    for (JobState state : JobState.values()) {
      long expected = model.jobs.stream().filter(job -> job.state == state).count();
      assertThat(counts).as(what).containsEntry(state, (int) expected);
    }
    assertThat(stage.kept).as(what).doesNotHaveDuplicates();
    assertThat(stage.kept)
        .as(what)
        .hasSize(model.jobs.stream().mapToInt(job -> job.pictures).sum());
  }

  private static String describe(
      String id, JobState state, int position, int priority, int pictures) {
    return "%s %s at %d, priority %d, %d pictures"
        .formatted(id, state, position, priority, pictures);
  }

  private static final class ModelJob {
    private final String id;
    private final String owner;
    private JobState state = JobState.QUEUED;
    private boolean resumed;
    private int priority;
    private long rank;
    private int pictures;

    ModelJob(Job job, long rank) {
      this.id = job.id();
      this.owner = job.order().owner();
      this.priority = job.priority();
      this.rank = rank;
    }

    boolean waits() {
      return state == JobState.QUEUED || state == JobState.HELD;
    }

    @Override
    public String toString() {
      return owner + "'s " + id + ", " + state;
    }
  }

  private static final class Model {
    private final List<ModelJob> jobs = new ArrayList<>();
    private final Map<String, Integer> turns = new HashMap<>();
    private boolean paused;
    private int served;
    private long lastRank;

    long nextRank() {
      return ++lastRank;
    }

    void add(Job job) {
      jobs.add(new ModelJob(job, nextRank()));
    }

    void end(ModelJob job, JobState state) {
      job.state = state;
      job.rank = nextRank();
    }

    Optional<ModelJob> anyOf(String owner, Random random) {
      List<ModelJob> own = jobs.stream().filter(job -> job.owner.equals(owner)).toList();
      // The latest are of more interest than those that have long been over.
      int first = Math.max(0, own.size() - 8);
      return own.isEmpty()
          ? Optional.empty()
          : Optional.of(own.get(first + random.nextInt(own.size() - first)));
    }

    Optional<ModelJob> running() {
      return jobs.stream().filter(job -> job.state == JobState.RUNNING).findFirst();
    }

    void move(ModelJob job, Optional<ModelJob> before) {
      List<ModelJob> line = new ArrayList<>(waiting(job.owner));
      List<Long> ranks = line.stream().map(other -> other.rank).sorted().toList();
      if (line.size() == 1 || before.filter(job::equals).isPresent()) {
        return;
      }
      line.remove(job);
      ModelJob beside = before.orElse(line.getLast());
      job.priority = beside.priority;
      job.resumed = beside.resumed;
      line.add(before.map(line::indexOf).orElse(line.size()), job);
      for (int i = 0; i < ranks.size(); i++) {
        line.get(i).rank = ranks.get(i);
      }
    }

    /** One owner's waiting jobs. */
    List<ModelJob> waiting(String owner) {
      return jobs.stream()
          .filter(job -> job.owner.equals(owner) && job.waits())
          .sorted(
              Comparator.comparingInt((ModelJob job) -> job.resumed ? 0 : 1)
                  .thenComparingInt(job -> -job.priority)
                  .thenComparingLong(job -> job.rank))
          .toList();
    }

    List<ModelJob> list(String owner) {
      List<ModelJob> all = new ArrayList<>();
      running().filter(job -> job.owner.equals(owner)).ifPresent(all::add);
      all.addAll(waiting(owner));
      jobs.stream()
          .filter(job -> job.owner.equals(owner) && job.state.isOver())
          .sorted(Comparator.comparingLong(job -> -job.rank))
          .forEach(all::add);
      return all;
    }

    /** Takes one job after the other, as the worker would. */
    List<ModelJob> order() {
      List<ModelJob> order = new ArrayList<>();
      Map<String, Integer> imagined = new HashMap<>(turns);
      for (Optional<ModelJob> next = next(order, imagined);
          next.isPresent();
          next = next(order, imagined)) {
        order.add(next.get());
        imagined.put(next.get().owner, served + order.size());
      }
      return order;
    }

    private Optional<ModelJob> next(List<ModelJob> taken, Map<String, Integer> imagined) {
      return OWNERS.stream()
          .flatMap(owner -> waiting(owner).stream())
          .filter(job -> job.state == JobState.QUEUED && !taken.contains(job))
          .min(
              Comparator.comparingInt((ModelJob job) -> job.resumed ? 0 : 1)
                  .thenComparingInt(job -> -job.priority)
                  .thenComparingInt(job -> imagined.getOrDefault(job.owner, 0))
                  .thenComparingLong(job -> job.rank));
    }

    Optional<ModelJob> beginNext() {
      if (paused || running().isPresent()) {
        return Optional.empty();
      }
      Optional<ModelJob> next = order().stream().findFirst();
      next.ifPresent(job -> {
        job.state = JobState.RUNNING;
        turns.put(job.owner, ++served);
      });
      return next;
    }
  }
}
