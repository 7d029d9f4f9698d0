package io.songe.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Colour;
import io.songe.image.Image;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
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
  void the_life_of_a_job_is_told_in_its_order() {
    stage.hear("anna");
    stage.work();
    Image preview = Orders.image();

    Job job = stage.queue.submit(Orders.of("anna", "a fox"));
    assertThat(stage.awaitEvent()).isEqualTo(new JobEvent.Queued(job));
    assertThat(stage.awaitEvent()).isInstanceOf(JobEvent.Started.class);
    stage.act((_, easel) -> {
      easel.stepped(0, 2, 4, Optional.of(preview));
      return true;
    });
    JobEvent.Stepped stepped = stage.awaitEvent(JobEvent.Stepped.class);
    stage.finish();

    assertThat(stepped.preview()).contains(preview);
    assertThat(stepped.job().step()).isEqualTo(2);
    assertThat(stage.awaitEvent())
        .isEqualTo(new JobEvent.Drawn(drawnOf(stepped.job(), job.id() + "-0"), job.id() + "-0"));
    assertThat(stage.awaitEvent())
        .isInstanceOfSatisfying(
            JobEvent.Ended.class, ended -> assertThat(ended.job()).isEqualTo(stage.now(job)));
  }

  private static Job drawnOf(Job job, String picture) {
    return new Job(
        job.id(),
        job.order(),
        job.state(),
        job.position(),
        job.priority(),
        job.submitted(),
        job.started(),
        job.ended(),
        job.image(),
        job.step(),
        job.steps(),
        Optional.of(java.time.Duration.ZERO),
        List.of(picture),
        job.frames(),
        job.failure());
  }

  @Test
  void nobody_hears_of_the_jobs_of_others() {
    stage.hear("ben");

    stage.queue.submit(Orders.of("anna", "a fox"));
    Job own = stage.queue.submit(Orders.of("ben", "a hare"));

    assertThat(stage.awaitEvent().job().id()).isEqualTo(own.id());
  }

  @Test
  void a_change_of_place_is_told() {
    Job first = stage.queue.submit(Orders.of("anna", "first"));
    Job second = stage.queue.submit(Orders.of("anna", "second"));
    stage.hear("anna");

    stage.queue.cancel("anna", first.id());

    assertThat(stage.awaitEvent()).isEqualTo(new JobEvent.Ended(stage.now(first)));
    assertThat(stage.awaitEvent()).isEqualTo(new JobEvent.Queued(stage.now(second)));
    assertThat(stage.now(second).position()).contains(0);
  }

  @Test
  void holding_releasing_moving_and_trying_again_are_told() {
    Job first = stage.queue.submit(Orders.of("anna", "first"));
    Job second = stage.queue.submit(Orders.of("anna", "second"));
    stage.hear("anna");

    assertTold(stage.queue.hold("anna", second.id()));
    assertTold(stage.queue.release("anna", second.id()));
    assertTold(stage.queue.move("anna", second.id(), Optional.of(first.id())));
    assertThat(stage.awaitEvent().job().id()).isEqualTo(first.id());
    stage.queue.cancel("anna", first.id());
    assertThat(stage.awaitEvent()).isInstanceOf(JobEvent.Ended.class);
    assertTold(stage.queue.retry("anna", first.id()));
  }

  private void assertTold(Job job) {
    assertThat(stage.awaitEvent()).isEqualTo(new JobEvent.Queued(job));
  }

  @Test
  void a_slow_listener_misses_steps_and_nothing_else_and_holds_nothing_up() throws Exception {
    List<JobEvent> heard = new ArrayList<>();
    CountDownLatch patience = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    stage.queue.subscribe(
        "anna",
        JobQueue.Previews.WANTED,
        event -> {
          Stage.await(() -> patience.getCount() == 0);
          heard.add(event);
          if (event instanceof JobEvent.Ended) {
            over.countDown();
          }
        });
    stage.work();
    Image early = Image.filled(2, 2, Colour.BLACK);

    Job job = stage.queue.submit(Orders.of("anna", "a fox", 2));
    stage.awaitBegun();
    stage.act((_, easel) -> {
      for (int image = 0; image < 2; image++) {
        for (int step = 1; step <= 100; step++) {
          easel.stepped(image, step, 100, step == 50 ? Optional.of(early) : Optional.empty());
        }
        easel.drawn(image, Orders.png());
      }
      return false;
    });
    stage.awaitState(job, JobState.FINISHED);
    patience.countDown();
    over.await();

    assertThat(heard)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Queued", "Started", "Drawn", "Stepped", "Drawn", "Ended");
    // The latest step with the latest preview of that picture.
    JobEvent.Stepped stepped = (JobEvent.Stepped) heard.get(3);
    assertThat(stepped.job().step()).isEqualTo(100);
    assertThat(stepped.job().image()).isEqualTo(1);
    assertThat(stepped.preview()).contains(early);
  }

  @Test
  void a_listener_that_fails_disturbs_no_other() {
    stage.queue.subscribe(
        "anna",
        JobQueue.Previews.WANTED,
        _ -> {
          throw new IllegalStateException("the line was cut");
        });
    stage.hear("anna");

    stage.queue.submit(Orders.of("anna", "a"));
    stage.queue.submit(Orders.of("anna", "b"));

    stage.awaitEvent();
    stage.awaitEvent();
  }

  @Test
  void a_closed_subscription_hears_nothing_more() {
    BlockingQueue<JobEvent> mine = new LinkedBlockingQueue<>();
    JobQueue.Subscription subscription =
        stage.queue.subscribe("anna", JobQueue.Previews.WANTED, mine::add);
    stage.hear("anna");
    stage.queue.submit(Orders.of("anna", "a"));
    Stage.await(() -> mine.size() == 1);

    subscription.close();
    subscription.close();
    stage.queue.submit(Orders.of("anna", "b"));

    stage.awaitEvent();
    stage.awaitEvent();
    assertThat(mine).hasSize(1);
  }

  @Test
  void a_listener_may_ask_and_change_the_queue() {
    BlockingQueue<Boolean> cancelled = new LinkedBlockingQueue<>();
    stage.queue.subscribe(
        "anna",
        JobQueue.Previews.WANTED,
        event -> {
          if (event instanceof JobEvent.Queued) {
            cancelled.add(stage.queue.cancel("anna", event.job().id()));
          }
        });

    stage.queue.submit(Orders.of("anna", "a"));

    Stage.await(() -> cancelled.contains(true));
  }

  @Test
  void a_listener_that_never_comes_back_is_given_up() {
    CountDownLatch never = new CountDownLatch(1);
    Mailbox mailbox =
        new Mailbox(
            JobQueue.Previews.WANTED,
            _ -> {
              try {
                never.await();
              } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
              }
            });
    JobEvent event = new JobEvent.Ended(stage.queue.submit(Orders.of("anna", "a")));

    for (int i = 0; i < Mailbox.MOST; i++) {
      mailbox.add(event);
    }

    assertThat(mailbox.isOpen()).isTrue();
    mailbox.add(event);
    mailbox.add(event);
    assertThat(mailbox.isOpen()).isFalse();
    never.countDown();
  }
}
