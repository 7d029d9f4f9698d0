package io.songe.server.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.songe.jobs.JobQueue;

/** Pausing and going on. */
final class QueueRoutes implements ApiDoor.Routes {
  private final JobQueue queue;
  private final EventRoutes events;

  QueueRoutes(JobQueue queue, EventRoutes events) {
    this.queue = queue;
    this.events = events;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/queue/pause", this::pause);
    routes.post("/api/queue/resume", this::resume);
  }

  /** Whether no further job is begun. */
  record PausedJson(boolean paused) {}

  private void pause(Context context) {
    queue.pause();
    tell(context);
  }

  private void resume(Context context) {
    queue.resume();
    tell(context);
  }

  private void tell(Context context) {
    boolean paused = queue.isPaused();
    events.tellPaused(paused);
    Json.answer(context, new PausedJson(paused));
  }
}
