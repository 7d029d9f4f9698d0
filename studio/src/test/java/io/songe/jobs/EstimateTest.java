package io.songe.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EstimateTest {
  @TempDir Path folder;
  private Stage stage;

  @BeforeEach
  void open() {
    stage = new Stage(folder, new QueueLimits(4, 4, 20));
    stage.work();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void nothing_is_claimed_before_anything_was_drawn() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox"));
    stage.awaitBegun();

    assertThat(job.timeLeft()).isEmpty();
    assertThat(stage.now(job).timeLeft()).isEmpty();
  }

  @Test
  void a_running_job_is_judged_by_its_own_steps() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox", 2));
    stage.awaitBegun();
    stage.clock.pass(Duration.ofSeconds(100)); // the model is opened
    stage.step(0, 1, 4);
    stage.clock.pass(Duration.ofSeconds(3));
    stage.step(0, 2, 4);

    // Six of eight steps are left.
    assertThat(stage.now(job).timeLeft()).contains(Duration.ofSeconds(18));
  }

  @Test
  void pictures_that_are_drawn_side_by_side_are_judged_together() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox", 2));
    stage.awaitBegun();
    stage.step(0, 1, 4);
    stage.step(1, 1, 4);
    stage.clock.pass(Duration.ofSeconds(3));
    stage.step(0, 2, 4);
    stage.step(1, 2, 4);

    // The second of four common steps is done; the first report came after one picture's first.
    assertThat(stage.now(job).timeLeft().orElseThrow().toMillis()).isCloseTo(6000, within(2000L));
  }

  @Test
  void a_waiting_job_waits_for_all_before_it_and_takes_what_such_took() {
    drawInSeconds(4);
    Job running = stage.queue.submit(Orders.of("anna", "a fox"));
    stage.awaitBegun();
    Job next = stage.queue.submit(Orders.of("anna", "a fox"));
    Job last = stage.queue.submit(Orders.of("anna", "a fox", 3));

    assertThat(stage.now(running).timeLeft()).contains(Duration.ofSeconds(4));
    assertThat(stage.now(next).timeLeft()).contains(Duration.ofSeconds(8));
    assertThat(stage.now(last).timeLeft()).contains(Duration.ofSeconds(20));
  }

  @Test
  void what_was_learned_is_there_after_a_restart() {
    drawInSeconds(4);

    stage.restart();

    assertThat(stage.queue.submit(Orders.of("anna", "a fox")).timeLeft())
        .contains(Duration.ofSeconds(4));
  }

  @Test
  void later_jobs_count_more() {
    drawInSeconds(4);
    for (int i = 0; i < 12; i++) {
      drawInSeconds(8);
    }
    stage.restart();

    assertThat(stage.queue.submit(Orders.of("anna", "a fox")).timeLeft().orElseThrow().toMillis())
        .isCloseTo(8000, within(100L));
  }

  @Test
  void a_larger_picture_of_another_model_is_judged_by_its_work_until_it_is_known() {
    drawInSeconds(4);
    stage.restart();
    Order larger =
        new Order(
            "anna",
            Order.Door.PAGE,
            Orders.recipe("a fox", 128, 8),
            "",
            1,
            Optional.empty(),
            false,
            true);

    // Four times the pixels, twice the steps.
    assertThat(stage.queue.submit(larger).timeLeft()).contains(Duration.ofSeconds(32));
  }

  @Test
  void whoever_finds_the_queue_full_is_told_when_the_next_job_is_begun() {
    drawInSeconds(9);
    stage.queue.submit(Orders.of("anna", "a fox"));
    stage.awaitBegun();
    for (int i = 0; i < 4; i++) {
      stage.queue.submit(Orders.of("anna", "a fox"));
    }

    assertThatThrownBy(() -> stage.queue.submit(Orders.of("anna", "a fox")))
        .isInstanceOfSatisfying(
            QueueFullException.class, full -> assertThat(full.retryAfter()).hasSeconds(9));
    assertThatThrownBy(() -> stage.queue.submit(Orders.of("ben", "a fox")))
        .isInstanceOfSatisfying(
            QueueFullException.class, full -> assertThat(full.retryAfter()).hasSeconds(9));
  }

  @Test
  void the_frames_of_a_travel_are_judged_like_pictures() {
    Job job = stage.queue.submit(Orders.travel("anna", 10));
    stage.awaitBegun();
    for (int i = 0; i < 3; i++) {
      int frame = i;
      stage.clock.pass(Duration.ofSeconds(2));
      stage.act((_, easel) -> {
        easel.frame(frame, Orders.image());
        return true;
      });
    }

    assertThat(stage.now(job).timeLeft()).contains(Duration.ofSeconds(14));
  }

  private void drawInSeconds(int seconds) {
    Job job = stage.queue.submit(Orders.of("anna", "a fox"));
    stage.awaitBegun();
    stage.step(0, 1, 4);
    stage.clock.pass(Duration.ofMillis(seconds * 750L));
    stage.finish();
    stage.awaitState(job, JobState.FINISHED);
  }
}
