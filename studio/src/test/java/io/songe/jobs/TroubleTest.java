package io.songe.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.image.Png;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full, and files that are not what they should be. */
class TroubleTest {
  @TempDir Path folder;

  @Test
  void a_job_whose_picture_cannot_be_kept_fails_and_can_be_tried_again() {
    AtomicInteger room = new AtomicInteger(0);
    PictureKeeper full =
        new PictureKeeper() {
          @Override
          public boolean has(String id) {
            return false;
          }

          @Override
          public void keep(String id, Job job, Png picture) {
            if (room.getAndIncrement() == 0) {
              throw new BrokenFileException("gallery/a.png: cannot be written: No space left");
            }
          }
        };
    try (QueueLog _ = new QueueLog();
        JobQueue queue = JobQueue.open(folder, full, QueueLimits.USUAL, Clock.systemUTC());
        Worker _ = Worker.start(queue, (_, easel) -> easel.drawn(0, Orders.png()))) {
      String id = queue.submit(Orders.of("anna", "a fox")).id();
      Stage.await(() -> queue.find("anna", id).orElseThrow().state() == JobState.FAILED);

      assertThat(queue.find("anna", id).orElseThrow().failure())
          .contains("gallery/a.png: cannot be written: No space left");
      assertThat(queue.find("anna", id).orElseThrow().pictures()).isEmpty();
      queue.retry("anna", id);
      Stage.await(() -> queue.find("anna", id).orElseThrow().state() == JobState.FINISHED);
    }
  }

  @Test
  void what_cannot_be_written_down_has_not_happened() throws Exception {
    try (Stage stage = new Stage(folder)) {
      Job job = stage.queue.submit(Orders.of("anna", "a fox"));
      stage.hear("anna");
      refuseWrites(true);

      assertThatThrownBy(() -> stage.queue.submit(Orders.of("anna", "a hare")))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageContaining("/jobs.db: the queue cannot be read or written: ")
          .hasMessageEndingWith("; is the disk full?");
      assertThatThrownBy(() -> stage.queue.cancel("anna", job.id()))
          .isInstanceOf(BrokenFileException.class);
      assertThatThrownBy(() -> stage.queue.hold("anna", job.id()))
          .isInstanceOf(BrokenFileException.class);

      assertThat(stage.queue.list("anna", 10)).containsExactly(job);
      assertThat(stage.events).isEmpty();
      refuseWrites(false);
      assertThat(stage.queue.cancel("anna", job.id())).isTrue();
    }
  }

  @Test
  void a_worker_waits_until_its_jobs_can_be_written_down_again() throws Exception {
    try (Stage stage = new Stage(folder)) {
      Job job = stage.queue.submit(Orders.of("anna", "a fox"));
      refuseWrites(true);
      stage.work();
      Job still = stage.now(job);
      refuseWrites(false);
      assertThat(still.state()).isEqualTo(JobState.QUEUED);
      stage.awaitBegun();

      stage.drawOne(0);
      refuseWrites(true);
      stage.act((_, _) -> false);
      assertThat(stage.now(job).state()).isEqualTo(JobState.RUNNING);
      assertThatThrownBy(() -> stage.queue.cancel("anna", job.id()))
          .isInstanceOf(BrokenFileException.class);
      refuseWrites(false);

      assertThat(stage.awaitState(job, JobState.FINISHED).pictures()).hasSize(1);
    }
  }

  @Test
  void a_worker_that_is_closed_while_nothing_can_be_written_leaves_its_job_to_the_next_start()
      throws Exception {
    Job job;
    try (Stage stage = new Stage(folder)) {
      job = stage.queue.submit(Orders.of("anna", "a fox"));
      stage.work();
      stage.awaitBegun();

      refuseWrites(true);
    }
    refuseWrites(false);

    try (Stage stage = new Stage(folder)) {
      assertThat(stage.now(job).state()).isEqualTo(JobState.QUEUED);
    }
  }

  @Test
  void a_queue_of_a_later_version_is_refused() throws Exception {
    new Stage(folder).close();
    sql("PRAGMA user_version = 7");

    assertThatThrownBy(() -> new Stage(folder))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith(
            "/jobs.db: was made by a later version of Songe (format 7, this one knows 1); use that"
                + " one");
  }

  @Test
  void an_order_that_cannot_be_understood_is_not_guessed_at() throws Exception {
    try (Stage stage = new Stage(folder)) {
      stage.queue.submit(Orders.of("anna", "a fox"));
    }
    sql("UPDATE job SET task = replace(task, '\"count\":1', '\"count\":\"one\"')");

    assertThatThrownBy(() -> new Stage(folder))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("an order in the queue cannot be understood: ");
  }

  @Test
  void the_files_of_jobs_that_are_gone_are_removed_at_the_start() throws Exception {
    Path left = Files.createDirectories(folder.resolve("files/aaaaaaaaaaaaaaaaaaaaaaaaaa"));
    Files.writeString(left.resolve("frame-0.png"), "");

    new Stage(folder).close();

    assertThat(left).doesNotExist();
  }

  @Test
  void libraries_that_killed_processes_left_are_removed_at_the_start() throws Exception {
    Path left = Files.createDirectories(folder.resolve("native")).resolve("sqlite-0-x.so.lck");
    Files.writeString(left, "");

    new Stage(folder).close();

    assertThat(left).doesNotExist();
  }

  @Test
  void a_closed_queue_says_so() {
    Stage stage = new Stage(folder);
    stage.close();
    stage.close();

    assertThatThrownBy(() -> stage.queue.counts())
        .isInstanceOf(EngineException.class)
        .hasMessage("the queue is closed");
  }

  /** Makes every change of a job fail, as a full disk does, from outside. */
  private void refuseWrites(boolean refuse) throws SQLException {
    for (String change : new String[] {"INSERT", "UPDATE"}) {
      String name = "refuse_" + change;
      sql(
          refuse
              ? "CREATE TRIGGER %s BEFORE %s ON job BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END"
                  .formatted(name, change)
              : "DROP TRIGGER " + name);
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("jobs.db"));
        Statement sql = connection.createStatement()) {
      sql.execute("PRAGMA busy_timeout = 5000");
      sql.execute(statement);
    }
  }
}
