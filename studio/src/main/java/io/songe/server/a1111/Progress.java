package io.songe.server.a1111;

import io.javalin.http.Context;
import io.songe.image.Png;
import io.songe.jobs.Job;
import io.songe.jobs.JobQueue;
import io.songe.jobs.JobState;
import io.songe.server.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** How far a caller's request is, in the web UI's two forms. */
final class Progress {
  /** As the web UI writes times. */
  static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  private final JobQueue queue;
  private final OpenRequests requests;
  private final Clock clock;

  Progress(JobQueue queue, OpenRequests requests, Clock clock) {
    this.queue = queue;
    this.requests = requests;
    this.clock = clock;
  }

  /** Answers {@code GET progress}. */
  void report(Context context) {
    String user = Caller.of(context).user();
    boolean pictures = !"true".equalsIgnoreCase(context.queryParam("skip_current_image"));
    Optional<OpenRequests.Open> open = requests.current(user);
    ObjectNode answer = RequestFields.JSON.createObjectNode();
    double progress = open.map(OpenRequests.Open::job).map(Progress::share).orElse(0.0);
    answer.put("progress", progress);
    answer.put("eta_relative", open.map(each -> timeLeft(each.job(), progress)).orElse(0.0));
    answer.set("state", state(open.map(OpenRequests.Open::job)));
    answer.put(
        "current_image",
        open.filter(_ -> pictures).flatMap(each -> preview(user, each.job())).orElse(null));
    answer.put("textinfo", open.map(each -> words(each.job())).orElse(null));
    answer.put("current_task", open.map(OpenRequests.Open::task).orElse(null));
    Answer.json(context, answer);
  }

  /** Answers {@code POST /internal/progress}, which asks for one task. */
  void reportTask(Context context) {
    String user = Caller.of(context).user();
    RequestFields fields = RequestFields.of(context.bodyAsBytes());
    String task = fields.text("id_task", "");
    boolean pictures = fields.flag("live_preview", true);
    Optional<Job> job = requests.find(user, task).map(OpenRequests.Open::job);
    boolean active = job.filter(each -> each.state() == JobState.RUNNING).isPresent();
    double progress = job.map(Progress::share).orElse(0.0);
    Optional<String> preview = job.filter(_ -> pictures).flatMap(each -> preview(user, each));
    ObjectNode answer = RequestFields.JSON.createObjectNode();
    answer.put("active", active);
    answer.put("queued", job.isPresent() && !active);
    answer.put("completed", requests.isOver(user, task));
    answer.put("progress", progress);
    answer.put("eta", job.map(each -> timeLeft(each, progress)).orElse(0.0));
    answer.put("live_preview", preview.map(each -> "data:image/png;base64," + each).orElse(null));
    answer.put("id_live_preview", job.map(each -> 1000 * each.image() + each.step()).orElse(-1));
    answer.put("textinfo", job.map(Progress::words).orElse(null));
    Answer.json(context, answer);
  }

  /** A small part as soon as it runs, the pictures that are done, and the steps of this one. */
  static double share(Job job) {
    if (job.state() != JobState.RUNNING) {
      return 0;
    }
    double count = job.order().count();
    double steps = job.steps() == 0 ? 0 : job.step() / (job.steps() * count);
    return Math.min(1, 0.01 + job.image() / count + steps);
  }

  /** In seconds, as the time until now promises. */
  private double timeLeft(Job job, double progress) {
    if (progress == 0) {
      return job.timeLeft().map(left -> left.toMillis() / 1000.0).orElse(0.0);
    }
    Instant now = clock.instant();
    double elapsed = Duration.between(job.started().orElse(now), now).toMillis() / 1000.0;
    return Math.max(0, elapsed / progress - elapsed);
  }

  private static ObjectNode state(Optional<Job> job) {
    ObjectNode state = RequestFields.JSON.createObjectNode();
    state.put("skipped", false);
    state.put("interrupted", false);
    state.put("stopping_generation", false);
    state.put(
        "job",
        job.map(each -> "Batch %d out of %d".formatted(each.image() + 1, each.order().count()))
            .orElse(""));
    state.put("job_count", job.map(each -> each.order().count()).orElse(0));
    state.put("job_timestamp", job.map(each -> timestamp(each.submitted())).orElse("0"));
    state.put("job_no", job.map(Job::image).orElse(0));
    state.put("sampling_step", job.map(Job::step).orElse(0));
    state.put("sampling_steps", job.map(Job::steps).orElse(0));
    return state;
  }

  static String timestamp(Instant time) {
    return TIMESTAMP.format(time.atZone(ZoneId.systemDefault()));
  }

  private static String words(Job job) {
    return job.position().map(before -> "Waiting: %d before".formatted(before)).orElse("");
  }

  private Optional<String> preview(String user, Job job) {
    return queue
        .preview(user, job.id())
        .map(image -> Base64.getEncoder().encodeToString(new Png(image).encode()));
  }
}
