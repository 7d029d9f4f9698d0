package io.songe.server.a1111;

import io.javalin.http.Context;
import io.songe.drawing.Wish;
import io.songe.jobs.Job;
import io.songe.jobs.JobEvent;
import io.songe.jobs.JobQueue;
import io.songe.jobs.JobState;
import io.songe.server.Caller;
import io.songe.server.Failure;
import io.songe.server.HttpFailure;
import io.songe.studio.Studio;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code txt2img} and {@code img2img}: a request is answered when its job is over. A client that
 * goes away does not end its job, as in the web UI; it can {@code interrupt} it.
 */
final class DrawingRoutes {
  /** How long the job is taken for unchanged without an event. */
  private static final long SECONDS_OF_SILENCE = 30;

  private static final int LONGEST_TASK = 200;

  private final Studio studio;
  private final ModelList models;
  private final UserSettings settings;
  private final OpenRequests requests;

  DrawingRoutes(Studio studio, ModelList models, UserSettings settings, OpenRequests requests) {
    this.studio = studio;
    this.models = models;
    this.settings = settings;
    this.requests = requests;
  }

  void textToImage(Context context) throws IOException {
    answer(context, reader -> reader.textToImage(Caller.of(context).user()));
  }

  void imageToImage(Context context) throws IOException {
    answer(context, reader -> reader.imageToImage(Caller.of(context).user()));
  }

  private void answer(Context context, Function<WishReader, Wish> reading) throws IOException {
    RequestFields said = RequestFields.of(context.bodyAsBytes());
    String text = said.text("infotext", "");
    String prompt = said.text("prompt", "");
    boolean whole = text.isBlank() && Infotext.isWhole(prompt);
    Infotext infotext = infotext(whole ? prompt : text);
    RequestFields fields = (whole ? said.without("prompt") : said).or(infotext.fields());
    Settings now = settings(Caller.of(context).user(), fields, infotext);
    Wish wish =
        reading.apply(
            new WishReader(
                fields,
                infotext,
                now,
                now.model().flatMap(models::find).orElseGet(models::usual),
                studio.inputs()));
    String task = fields.text("force_task_id").orElse("");
    boolean sent = fields.flag("send_images", true);
    if (task.length() > LONGEST_TASK) {
      throw RequestFields.wrong("force_task_id", "an id has at most 200 characters");
    }
    new DrawingAnswer(studio, drawn(wish, task)).write(context, fields.echo(), sent);
  }

  private Infotext infotext(String text) {
    return text.isBlank() ? Infotext.NONE : Infotext.parse(text, models);
  }

  private Settings settings(String user, RequestFields fields, Infotext infotext) {
    ObjectNode overrides = fields.object("override_settings");
    boolean forThis = fields.flag("override_settings_restore_afterwards", true);
    if (!forThis) {
      settings.change(user, overrides);
    }
    ObjectNode all = infotext.settings().deepCopy();
    overrides.properties().forEach(each -> all.set(each.getKey(), each.getValue()));
    return settings.of(user).with(all, models);
  }

  /** One job; where a picture was skipped, another one for those after it. */
  private List<Job> drawn(Wish wish, String task) {
    List<Job> jobs = new ArrayList<>();
    BlockingQueue<Job> ended = new LinkedBlockingQueue<>();
    try (JobQueue.Subscription _ =
        studio
            .queue()
            .subscribe(wish.owner(), JobQueue.Previews.UNWANTED, event -> note(event, ended))) {
      Optional<Wish> next = Optional.of(wish);
      while (next.isPresent()) {
        Job job = studio.submit(next.get());
        requests.open(job, task.isEmpty() ? "task(" + job.id() + ")" : task);
        try {
          Job over = await(job, ended);
          jobs.add(over);
          next = requests.takeSkipped(over) ? Skipping.rest(next.get(), over) : Optional.empty();
        } finally {
          requests.close(wish.owner(), job.id());
        }
      }
    }
    return jobs;
  }

  private static void note(JobEvent event, BlockingQueue<Job> ended) {
    if (event instanceof JobEvent.Ended(Job job)) {
      ended.add(job);
    }
  }

  private Job await(Job job, BlockingQueue<Job> ended) {
    try {
      Job now = job;
      while (!now.state().isOver()) {
        Job next = ended.poll(SECONDS_OF_SILENCE, TimeUnit.SECONDS);
        if (next == null) {
          now = studio.queue().find(job.order().owner(), job.id()).orElseThrow(DrawingRoutes::gone);
        } else if (next.id().equals(job.id())) {
          now = next;
        }
      }
      if (now.state() == JobState.FAILED) {
        throw new HttpFailure(Failure.of(500, now.failure().orElse("the drawing failed")));
      }
      return now;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new HttpFailure(
          Failure.of(503, "the server is being stopped; the drawing goes on when it is back"));
    }
  }

  private static HttpFailure gone() {
    return new HttpFailure(Failure.of(404, "the drawing is not remembered any more"));
  }
}
