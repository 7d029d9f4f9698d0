package io.songe.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobQueueTest {
  @TempDir Path folder;
  private Stage stage;

  @BeforeEach
  void open() {
    stage = new Stage(folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void a_job_is_what_was_ordered() {
    Order order = Orders.of("anna", "a red fox", 3);

    Job job = stage.queue.submit(order);

    assertThat(job.id()).matches("[a-z0-9]{26}");
    assertThat(job.order()).isEqualTo(order);
    assertThat(job.state()).isEqualTo(JobState.QUEUED);
    assertThat(job.position()).contains(0);
    assertThat(job.submitted()).isEqualTo(stage.clock.instant());
    assertThat(stage.queue.find("anna", job.id())).contains(job);
  }

  @Test
  void jobs_are_there_after_a_restart() {
    Job first = stage.queue.submit(Orders.of("anna", "un renard « roux » 🦊"));
    Job travel = stage.queue.submit(Orders.travel("anna", 24));
    Job passing = stage.queue.submit(Orders.notKept("anna", "a boat"));

    stage.restart();

    assertThat(stage.queue.list("anna", 10)).containsExactly(first, travel, passing);
  }

  @Test
  void nobody_else_knows_of_a_job() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox"));

    assertThat(stage.queue.find("ben", job.id())).isEmpty();
    assertThat(stage.queue.list("ben", 10)).isEmpty();
    assertThat(stage.queue.cancel("ben", job.id())).isFalse();
    assertThat(stage.queue.preview("ben", job.id())).isEmpty();
    assertThat(stage.queue.frame("ben", job.id(), 0)).isEmpty();
    assertThat(stage.queue.picture("ben", job.id(), 0)).isEmpty();
    String unknown = "there is no such job; it may be long over";
    assertThatThrownBy(() -> stage.queue.hold("ben", job.id())).hasMessage(unknown);
    assertThatThrownBy(() -> stage.queue.release("ben", job.id())).hasMessage(unknown);
    assertThatThrownBy(() -> stage.queue.retry("ben", job.id())).hasMessage(unknown);
    assertThatThrownBy(() -> stage.queue.move("ben", job.id(), Optional.empty()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(unknown);
    assertThat(stage.now(job)).isEqualTo(job);
  }

  @Test
  void a_list_has_what_runs_then_what_waits_then_what_is_over_last() {
    Job over = stage.queue.submit(Orders.of("anna", "over"));
    Job overLater = stage.queue.submit(Orders.of("anna", "over later"));
    stage.queue.cancel("anna", over.id());
    stage.queue.cancel("anna", overLater.id());
    Job running = stage.queue.submit(Orders.of("anna", "running"));
    Job held = stage.queue.submit(Orders.of("anna", "held"));
    Job waiting = stage.queue.submit(Orders.of("anna", "waiting"));
    stage.queue.hold("anna", held.id());
    stage.work();
    stage.awaitBegun();

    List<Job> all = stage.queue.list("anna", 10);

    assertThat(all)
        .extracting(Job::id)
        .containsExactly(running.id(), held.id(), waiting.id(), overLater.id(), over.id());
    assertThat(all)
        .extracting(Job::position)
        .containsExactly(
            Optional.empty(), Optional.empty(), Optional.of(0), Optional.empty(), Optional.empty());
    assertThat(stage.queue.list("anna", 4)).isEqualTo(all.subList(0, 4));
    assertThat(stage.queue.list("anna", 2)).hasSize(2);
    assertThat(stage.queue.list("anna", 0)).isEmpty();
  }

  @Test
  void a_waiting_job_that_is_cancelled_is_not_drawn() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox"));
    Job next = stage.queue.submit(Orders.of("anna", "a hare"));

    assertThat(stage.queue.cancel("anna", job.id())).isTrue();
    assertThat(stage.queue.cancel("anna", job.id())).isFalse();
    stage.work();

    assertThat(stage.awaitBegun().id()).isEqualTo(next.id());
    assertThat(stage.now(job).state()).isEqualTo(JobState.CANCELLED);
    assertThat(stage.now(job).ended()).contains(stage.clock.instant());
  }

  @Test
  void a_held_job_waits_until_it_is_released_and_has_its_place_then() {
    Job first = stage.queue.submit(Orders.of("anna", "a fox"));
    Job second = stage.queue.submit(Orders.of("anna", "a hare"));

    Job held = stage.queue.hold("anna", first.id());

    assertThat(held.state()).isEqualTo(JobState.HELD);
    assertThat(held.position()).isEmpty();
    assertThat(stage.now(second).position()).contains(0);
    stage.restart();
    assertThat(stage.now(first).state()).isEqualTo(JobState.HELD);
    assertThat(stage.queue.release("anna", first.id()).position()).contains(0);
    assertThat(stage.now(second).position()).contains(1);
  }

  @Test
  void jobs_are_moved_before_others_and_to_the_end() {
    Job a = stage.queue.submit(Orders.of("anna", "a"));
    Job b = stage.queue.submit(Orders.of("anna", "b"));
    Job c = stage.queue.submit(Orders.of("anna", "c"));

    Job moved = stage.queue.move("anna", c.id(), Optional.of(a.id()));

    assertThat(moved.position()).contains(0);
    assertThat(phrases("anna")).containsExactly("c", "a", "b");
    stage.queue.move("anna", c.id(), Optional.empty());
    stage.queue.move("anna", b.id(), Optional.of(b.id()));
    assertThat(phrases("anna")).containsExactly("a", "b", "c");
    stage.queue.move("anna", a.id(), Optional.of(c.id()));
    assertThat(phrases("anna")).containsExactly("b", "a", "c");
    stage.restart();
    assertThat(phrases("anna")).containsExactly("b", "a", "c");
  }

  @Test
  void a_job_takes_over_the_priority_of_the_one_it_is_moved_before() {
    Job usual = stage.queue.submit(Orders.of("anna", "usual"));
    Job urgent = stage.queue.submit(Orders.of("anna", "urgent"), 5);

    Job moved = stage.queue.move("anna", usual.id(), Optional.of(urgent.id()));

    assertThat(moved.priority()).isEqualTo(5);
    assertThat(phrases("anna")).containsExactly("usual", "urgent");
  }

  @Test
  void only_waiting_jobs_are_moved_before_waiting_jobs() {
    Job over = stage.queue.submit(Orders.of("anna", "a"));
    stage.queue.cancel("anna", over.id());
    Job waiting = stage.queue.submit(Orders.of("anna", "b"));
    Job ofBen = stage.queue.submit(Orders.of("ben", "c"));
    String refusal = "the job is cancelled and cannot be moved; only one that waits can";

    assertThatThrownBy(() -> stage.queue.move("anna", over.id(), Optional.empty()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(refusal);
    assertThatThrownBy(() -> stage.queue.move("anna", waiting.id(), Optional.of(over.id())))
        .hasMessage(refusal);
    assertThatThrownBy(() -> stage.queue.move("anna", waiting.id(), Optional.of(ofBen.id())))
        .hasMessage("there is no such job; it may be long over");
  }

  @Test
  void higher_priorities_come_first() {
    stage.queue.submit(Orders.of("anna", "low"), -1);
    stage.queue.submit(Orders.of("anna", "usual"));
    stage.queue.submit(Orders.of("anna", "high"), 1);

    assertThat(phrases("anna")).containsExactly("high", "usual", "low");
  }

  @Test
  void owners_take_turns() {
    for (int i = 0; i < 5; i++) {
      stage.queue.submit(Orders.of("anna", "a" + i));
    }
    Job ofBen = stage.queue.submit(Orders.of("ben", "b0"));
    Job ofCarl = stage.queue.submit(Orders.of("carl", "c0"));
    stage.work();
    stage.awaitBegun();

    // Anna is being served, so both others are before her next.
    assertThat(stage.now(ofBen).position()).contains(0);
    assertThat(stage.now(ofCarl).position()).contains(1);
    assertThat(stage.queue.list("anna", 2).getLast().position()).contains(2);
    stage.finish();
    assertThat(stage.awaitBegun().id()).isEqualTo(ofBen.id());
  }

  @Test
  void a_queue_takes_no_more_than_its_limits() {
    for (int i = 0; i < 50; i++) {
      stage.queue.submit(Orders.of("anna", "a" + i));
      stage.queue.submit(Orders.of("ben" + i, "b"));
    }

    assertThatThrownBy(() -> stage.queue.submit(Orders.of("anna", "one more")))
        .isInstanceOf(QueueFullException.class)
        .hasMessage(
            "50 of your jobs wait, which is the most; cancel some, or wait until they are drawn");
    assertThatThrownBy(() -> stage.queue.submit(Orders.of("zoe", "one more")))
        .isInstanceOfSatisfying(
            QueueFullException.class, full -> assertThat(full.retryAfter()).hasSeconds(30))
        .hasMessage("100 jobs wait, which is the most; try again when some are drawn");
    assertThat(stage.queue.counts()).containsEntry(JobState.QUEUED, 100);
  }

  @Test
  void jobs_that_are_over_are_forgotten_beyond_the_limit() {
    Job first = stage.queue.submit(Orders.of("anna", "first"));
    stage.queue.cancel("anna", first.id());
    for (int i = 0; i < 20; i++) {
      stage.queue.cancel("anna", stage.queue.submit(Orders.of("anna", "x")).id());
    }

    assertThat(stage.queue.find("anna", first.id())).isEmpty();
    assertThat(stage.queue.list("anna", 100)).hasSize(20);
    assertThat(stage.queue.counts()).containsEntry(JobState.CANCELLED, 20);
    stage.restart();
    assertThat(stage.queue.counts()).containsEntry(JobState.CANCELLED, 20);
  }

  @Test
  void a_pause_lasts_over_a_restart() {
    stage.queue.pause();

    stage.restart();

    assertThat(stage.queue.isPaused()).isTrue();
    stage.queue.resume();
    stage.restart();
    assertThat(stage.queue.isPaused()).isFalse();
  }

  @Test
  void nothing_is_begun_while_the_queue_is_paused() {
    stage.queue.pause();
    stage.work();
    Job job = stage.queue.submit(Orders.of("anna", "a fox"));

    assertThat(stage.now(job).state()).isEqualTo(JobState.QUEUED);
    assertThat(stage.begun).isEmpty();
    stage.queue.resume();

    assertThat(stage.awaitBegun().id()).isEqualTo(job.id());
  }

  @Test
  void a_folder_has_one_queue_at_a_time() {
    assertThatThrownBy(() -> new Stage(folder))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "the queue in %s is in use by another Songe; stop that one, or use another folder",
            folder.getFileName());
  }

  @Test
  void a_file_that_is_no_database_is_refused() throws Exception {
    stage.close();
    Files.writeString(folder.resolve("jobs.db"), "this is a shopping list, and no database at all");

    assertThatThrownBy(() -> new Stage(folder))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("/jobs.db: the queue cannot be read or written: ");
    Files.delete(folder.resolve("jobs.db"));
    stage = new Stage(folder);
  }

  private List<String> phrases(String owner) {
    return stage.queue.list(owner, 100).stream()
        .map(job -> job.order().recipe().prompt().positive())
        .toList();
  }
}
