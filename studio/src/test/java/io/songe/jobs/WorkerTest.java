package io.songe.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {
  private static final String OUR_FAULT =
      "something went wrong inside Songe while this was drawn; the server's log says what";

  @TempDir Path folder;
  private Stage stage;

  @BeforeEach
  void open() {
    stage = new Stage(folder);
    stage.work();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void a_job_is_begun_drawn_and_finished() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox", 2));

    assertThat(stage.awaitBegun().state()).isEqualTo(JobState.RUNNING);
    stage.step(0, 3, 4);
    stage.drawOne(0);
    stage.step(1, 1, 4);

    Job drawing = stage.now(job);
    assertThat(drawing.started()).contains(stage.clock.instant());
    assertThat(drawing.image()).isEqualTo(1);
    assertThat(drawing.step()).isEqualTo(1);
    assertThat(drawing.steps()).isEqualTo(4);
    assertThat(drawing.pictures()).containsExactly(job.id() + "-0");
    stage.drawOne(1);
    stage.finish();
    Job finished = stage.awaitState(job, JobState.FINISHED);
    assertThat(finished.pictures()).containsExactly(job.id() + "-0", job.id() + "-1");
    assertThat(stage.kept).containsExactly(job.id() + "-0", job.id() + "-1");
    assertThat(finished.ended()).contains(stage.clock.instant());
  }

  @Test
  void a_picture_that_is_drawn_twice_is_kept_once() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox"));

    stage.drawOne(0);
    stage.drawOne(0);
    stage.finish();

    stage.awaitState(job, JobState.FINISHED);
    assertThat(stage.kept).containsExactly(job.id() + "-0");
  }

  @Test
  void a_picture_that_is_kept_but_not_written_down_is_found_again() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox"));
    stage.awaitBegun();
    stage.kept.add(job.id() + "-0");
    stage.hear("anna");

    stage.act((_, easel) -> {
      assertThat(easel.has(0)).isTrue();
      return false;
    });

    assertThat(stage.awaitEvent(JobEvent.Drawn.class).picture()).isEqualTo(job.id() + "-0");
    assertThat(stage.awaitState(job, JobState.FINISHED).pictures()).hasSize(1);
    assertThat(stage.kept).hasSize(1);
  }

  @Test
  void a_running_job_that_is_cancelled_is_interrupted_and_the_next_is_begun() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox", 2));
    Job next = stage.queue.submit(Orders.of("anna", "a hare"));
    stage.awaitBegun();
    stage.drawOne(0);
    stage.step(1, 1, 4);

    assertThat(stage.queue.cancel("anna", job.id())).isTrue();

    assertThat(stage.awaitBegun().id()).isEqualTo(next.id());
    Job cancelled = stage.now(job);
    assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
    assertThat(cancelled.pictures()).containsExactly(job.id() + "-0");
    stage.finish();
    stage.awaitState(next, JobState.FINISHED);
  }

  @Test
  void a_draftsman_who_misses_the_interruption_is_stopped_at_its_next_step() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox"));
    Job next = stage.queue.submit(Orders.of("anna", "a hare"));
    stage.awaitBegun();

    stage.act((_, easel) -> {
      stage.queue.cancel("anna", job.id());
      assertThat(Thread.interrupted()).isTrue();
      easel.stepped(0, 1, 4, Optional.empty());
      return true;
    });

    assertThat(stage.awaitBegun().id()).isEqualTo(next.id());
    assertThat(stage.now(job).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void nothing_is_kept_of_a_job_that_was_cancelled() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox"));
    Job next = stage.queue.submit(Orders.of("anna", "a hare"));
    stage.awaitBegun();

    stage.act((_, easel) -> {
      stage.queue.cancel("anna", job.id());
      easel.drawn(0, Orders.png());
      return true;
    });

    assertThat(stage.awaitBegun().id()).isEqualTo(next.id());
    assertThat(stage.kept).isEmpty();
  }

  @Test
  void a_running_job_that_is_held_goes_on_after_its_release_and_keeps_its_pictures() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox", 2));
    stage.awaitBegun();
    stage.drawOne(0);

    assertThat(stage.queue.hold("anna", job.id()).state()).isEqualTo(JobState.HELD);
    stage.queue.release("anna", job.id());

    assertThat(stage.awaitBegun().pictures()).containsExactly(job.id() + "-0");
    stage.finish();
    stage.awaitState(job, JobState.FINISHED);
    assertThat(stage.kept).containsExactly(job.id() + "-0", job.id() + "-1");
  }

  @Test
  void a_job_that_cannot_be_drawn_fails_with_the_reason() {
    Job wrong = stage.queue.submit(Orders.of("anna", "a"));
    Job broken = stage.queue.submit(Orders.of("anna", "b"));

    stage.act((_, _) -> {
      throw new InvalidRequestException("width must be a multiple of 8, got 63");
    });
    stage.act((_, _) -> {
      throw new BrokenFileException("mini/unet.safetensors: it is gone");
    });

    assertThat(stage.awaitState(wrong, JobState.FAILED).failure())
        .contains("width must be a multiple of 8, got 63");
    assertThat(stage.awaitState(broken, JobState.FAILED).failure())
        .contains("mini/unet.safetensors: it is gone");
  }

  @Test
  void a_defect_fails_its_job_alone_and_is_told_to_the_log_alone() {
    Job first = stage.queue.submit(Orders.of("anna", "a"));
    Job second = stage.queue.submit(Orders.of("anna", "b"));
    Job third = stage.queue.submit(Orders.of("anna", "c"));

    IllegalStateException defect = new IllegalStateException("[1, 4, 8, 8] and [1, 3, 8, 8]");
    stage.act((_, _) -> {
      throw defect;
    });
    stage.act((_, _) -> {
      throw new OutOfMemoryError("for this test");
    });
    stage.finish();

    assertThat(stage.awaitState(first, JobState.FAILED).failure()).contains(OUR_FAULT);
    assertThat(stage.awaitState(second, JobState.FAILED).failure()).contains(OUR_FAULT);
    assertThat(stage.log.records())
        .filteredOn(record -> record.getLevel().equals(Level.SEVERE))
        .extracting(LogRecord::getThrown)
        .contains(defect);
    stage.awaitState(third, JobState.FINISHED);
  }

  @Test
  void a_job_that_comes_back_without_all_its_pictures_fails() {
    Job job = stage.queue.submit(Orders.of("anna", "a", 2));

    stage.drawOne(0);
    stage.act((_, _) -> false);

    assertThat(stage.awaitState(job, JobState.FAILED).failure()).contains(OUR_FAULT);
  }

  @Test
  void a_job_that_failed_is_tried_again_and_keeps_what_is_drawn() {
    Job job = stage.queue.submit(Orders.of("anna", "a", 2));
    stage.drawOne(0);
    stage.act((_, _) -> {
      throw new InvalidRequestException("no");
    });
    stage.awaitState(job, JobState.FAILED);
    stage.awaitBegun();

    Job again = stage.queue.retry("anna", job.id());

    assertThat(again.state()).isEqualTo(JobState.QUEUED);
    assertThat(again.failure()).isEmpty();
    assertThat(again.ended()).isEmpty();
    assertThat(stage.awaitBegun().pictures()).containsExactly(job.id() + "-0");
    stage.finish();
    stage.awaitState(job, JobState.FINISHED);
    assertThat(stage.kept).containsExactly(job.id() + "-0", job.id() + "-1");
    assertThat(stage.queue.counts())
        .containsEntry(JobState.FINISHED, 1)
        .containsEntry(JobState.FAILED, 0);
  }

  @Test
  void a_job_goes_back_to_the_queue_when_its_worker_is_closed_and_is_the_next() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox", 2));
    stage.awaitBegun();
    stage.queue.submit(Orders.of("ben", "urgent"), 9);
    stage.drawOne(0);

    stage.restart();

    Job waiting = stage.now(job);
    assertThat(waiting.state()).isEqualTo(JobState.QUEUED);
    assertThat(waiting.position()).contains(0);
    stage.work();
    assertThat(stage.awaitBegun().pictures()).containsExactly(job.id() + "-0");
  }

  @Test
  void a_queue_that_is_closed_before_its_worker_begins_the_job_again() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox"));
    stage.awaitBegun();

    stage.queue.close();
    stage.restart();

    assertThat(stage.now(job).state()).isEqualTo(JobState.QUEUED);
    stage.work();
    assertThat(stage.awaitBegun().id()).isEqualTo(job.id());
  }

  @Test
  void a_running_job_has_its_latest_preview() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox"));
    Image preview = Image.filled(3, 3, Colour.BLACK);
    assertThat(stage.queue.preview("anna", job.id())).isEmpty();

    stage.act((_, easel) -> {
      easel.stepped(0, 1, 4, Optional.of(preview));
      easel.stepped(0, 2, 4, Optional.empty());
      return true;
    });

    assertThat(stage.queue.preview("anna", job.id())).contains(preview);
    stage.finish();
    stage.awaitState(job, JobState.FINISHED);
    assertThat(stage.queue.preview("anna", job.id())).isEmpty();
  }

  @Test
  void a_preview_is_worth_decoding_only_while_somebody_looks() {
    Job job = stage.queue.submit(Orders.of("anna", "a fox"));
    List<Boolean> watched = new ArrayList<>();
    Stage.Act look =
        (_, easel) -> {
          watched.add(easel.isWatched());
          return true;
        };

    stage.act(look);
    try (var _ = stage.queue.subscribe("anna", JobQueue.Previews.UNWANTED, _ -> {})) {
      stage.act(look);
    }
    try (var _ = stage.queue.subscribe("ben", JobQueue.Previews.WANTED, _ -> {})) {
      stage.act(look);
    }
    try (var _ = stage.queue.subscribe("anna", JobQueue.Previews.WANTED, _ -> {})) {
      stage.act(look);
    }
    stage.queue.preview("anna", job.id());
    stage.act(look);
    stage.clock.pass(Duration.ofSeconds(6));
    stage.act(look);
    stage.finish();

    assertThat(watched).containsExactly(false, false, false, true, true, false);
  }

  @Test
  void a_picture_that_is_not_kept_lies_with_its_job() {
    Job job = stage.queue.submit(Orders.notKept("anna", "a fox"));
    assertThat(stage.queue.picture("anna", job.id(), 0)).isEmpty();

    stage.finish();
    stage.awaitState(job, JobState.FINISHED);

    Path file = stage.queue.picture("anna", job.id(), 0).orElseThrow();
    assertThat(Png.read(file, PngLimits.DEFAULT)).isEqualTo(Orders.png());
    assertThat(stage.queue.picture("anna", job.id(), 1)).isEmpty();
    assertThat(stage.kept).isEmpty();
    assertThat(stage.now(job).pictures()).containsExactly(job.id() + "-0");
  }

  @Test
  void the_frames_of_a_travel_lie_with_its_job_and_go_with_it() throws Exception {
    Job job = stage.queue.submit(Orders.travel("anna", 3));
    Image picture = Image.filled(3, 3, Colour.BLACK);

    stage.act((_, easel) -> {
      easel.frame(0, Orders.image());
      easel.frame(1, picture);
      return true;
    });
    stage.restart();
    assertThat(stage.now(job).frames()).isEqualTo(2);
    assertThat(stage.queue.frame("anna", job.id(), 1)).contains(picture);
    assertThat(stage.queue.frame("anna", job.id(), 2)).isEmpty();
    assertThat(stage.queue.frame("anna", job.id(), -1)).isEmpty();
    stage.work();
    stage.act((_, easel) -> {
      easel.frame(2, picture);
      return false;
    });
    stage.awaitState(job, JobState.FINISHED);
    for (int i = 0; i < Stage.LIMITS.kept(); i++) {
      stage.queue.cancel("anna", stage.queue.submit(Orders.of("anna", "x")).id());
    }

    assertThat(stage.queue.find("anna", job.id())).isEmpty();
    assertThat(folder.resolve("files")).isEmptyDirectory();
  }
}
