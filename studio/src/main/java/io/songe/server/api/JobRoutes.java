package io.songe.server.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.songe.drawing.Wish;
import io.songe.error.InvalidRequestException;
import io.songe.jobs.Job;
import io.songe.jobs.JobQueue;
import io.songe.jobs.QueueFullException;
import io.songe.server.Caller;
import io.songe.server.Fields;
import io.songe.studio.Studio;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Jobs: asked for, looked at, moved, given up. */
final class JobRoutes implements ApiDoor.Routes {
  private static final int USUAL_LIST = 100;
  private static final int LONGEST_LIST = 1000;

  private final Studio studio;
  private final JobQueue queue;
  private final WishReader wishes;
  private final ModelList models;

  JobRoutes(Studio studio, WishReader wishes, ModelList models) {
    this.models = models;
    this.studio = studio;
    this.queue = studio.queue();
    this.wishes = wishes;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/jobs", this::submit);
    routes.get("/api/jobs", this::list);
    routes.get("/api/jobs/{id}", context -> answer(context, job(context)));
    routes.post("/api/jobs/{id}/cancel", this::cancel);
    routes.post("/api/jobs/{id}/retry", context -> change(context, queue::retry));
    routes.post("/api/jobs/{id}/hold", context -> change(context, queue::hold));
    routes.post("/api/jobs/{id}/release", context -> change(context, queue::release));
    routes.post("/api/jobs/{id}/move", this::move);
  }

  private static String owner(Context context) {
    return Caller.of(context).user();
  }

  private void answer(Context context, Job job) {
    Json.answer(context, JobJson.of(job, models));
  }

  /** {@return the job that the path names} */
  private Job job(Context context) {
    return find(queue, context);
  }

  static Job find(JobQueue queue, Context context) {
    return queue
        .find(owner(context), context.pathParam("id"))
        .orElseThrow(() -> Refused.missing("job"));
  }

  /** What can be done with a job. */
  private interface Change {
    Job make(String owner, String id);
  }

  private void change(Context context, Change change) {
    Job job = job(context);
    try {
      answer(context, change.make(owner(context), job.id()));
    } catch (InvalidRequestException impossible) {
      throw Refused.state(impossible);
    }
  }

  private void submit(Context context) throws IOException {
    List<Job> jobs = submit(wishes.read(Json.body(context), owner(context)));
    context.status(202);
    Json.answer(
        context, JobJson.of(jobs.getFirst(), models, jobs.stream().skip(1).map(Job::id).toList()));
  }

  /** All or none. */
  private List<Job> submit(List<Wish> several) {
    List<Job> jobs = new ArrayList<>();
    try {
      several.forEach(wish -> jobs.add(studio.submit(wish)));
      return jobs;
    } catch (QueueFullException full) {
      jobs.forEach(job -> queue.cancel(job.order().owner(), job.id()));
      throw full;
    }
  }

  private record JobsJson(boolean paused, List<JobJson> jobs) {}

  private void list(Context context) {
    Query query = Query.of(context);
    int most = query.whole("most", 0, LONGEST_LIST, USUAL_LIST);
    query.end();
    Json.answer(
        context,
        new JobsJson(
            queue.isPaused(),
            queue.list(owner(context), most).stream()
                .map(job -> JobJson.of(job, models))
                .toList()));
  }

  private void cancel(Context context) {
    queue.cancel(owner(context), job(context).id());
    answer(context, job(context));
  }

  private void move(Context context) throws IOException {
    Fields body = Json.body(context);
    Optional<String> before = body.text("before", JobBody.LONGEST_NAME);
    body.end();
    change(context, (owner, id) -> queue.move(owner, id, before));
  }
}
