package io.songe.server.api;

import io.songe.image.Image;
import io.songe.jobs.Job;
import io.songe.jobs.JobEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Writes events to one client. */
final class EventStream {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration RECONNECT = Duration.ofSeconds(1);

  private final OutputStream out;
  private final ModelList models;

  EventStream(OutputStream out, ModelList models) {
    this.models = models;
    this.out = out;
  }

  private record StepJson(
      String id,
      int image,
      int step,
      int stepsOfEach,
      Optional<Double> timeLeft,
      int frames,
      Optional<String> preview) {}

  private record DrawnJson(String id, int image, String picture, JobJson job) {}

  /** Says how soon to come again, and whether the queue is paused. */
  void begin(boolean paused) throws IOException {
    write("retry: " + RECONNECT.toMillis() + "\n\n");
    event("queue", new QueueRoutes.PausedJson(paused));
  }

  /** Tells how a job is. */
  void job(Job job) throws IOException {
    event("job", JobJson.of(job, models));
  }

  /** Passes on what a mailbox holds until it is closed or the client is gone. */
  void pass(Mailbox mailbox) throws IOException {
    try {
      while (!mailbox.isClosed()) {
        Optional<Mailbox.Letter> letter = mailbox.take(HEARTBEAT);
        if (letter.isPresent()) {
          tell(letter.get());
        } else {
          write(":\n\n");
        }
        flush();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(Mailbox.Letter letter) throws IOException {
    switch (letter) {
      case Mailbox.Paused(boolean paused) -> event("queue", new QueueRoutes.PausedJson(paused));
      case Mailbox.Happened(JobEvent happened) -> tell(happened);
    }
  }

  private void tell(JobEvent happened) throws IOException {
    switch (happened) {
      case JobEvent.Queued(Job job) -> job(job);
      case JobEvent.Started(Job job) -> job(job);
      case JobEvent.Stepped(Job job, Optional<Image> preview) ->
          event(
              "step",
              new StepJson(
                  job.id(),
                  job.image(),
                  job.step(),
                  job.steps(),
                  JobJson.seconds(job.timeLeft()),
                  job.frames(),
                  preview.map(SmallPicture::dataUrl)));
      case JobEvent.Drawn(Job job, String picture) ->
          event(
              "picture",
              new DrawnJson(
                  job.id(), job.pictures().indexOf(picture), picture, JobJson.of(job, models)));
      case JobEvent.Ended(Job job) -> event("ended", JobJson.of(job, models));
    }
  }

  private void event(String name, Object data) throws IOException {
    write("event: " + name + "\ndata: " + Json.line(data) + "\n\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends what was written. */
  void flush() throws IOException {
    out.flush();
  }
}
