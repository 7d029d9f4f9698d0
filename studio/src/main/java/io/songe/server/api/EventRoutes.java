package io.songe.server.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.songe.jobs.Job;
import io.songe.jobs.JobQueue;
import io.songe.server.Caller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What happens to the caller's jobs, as it happens: server-sent events (HTML Living Standard,
 * section 9.2). A stream is written by its request's own thread; the queue only puts events into
 * the stream's {@link Mailbox}, and never waits for a client.
 */
final class EventRoutes implements ApiDoor.Routes {
  private static final int MOST_JOBS = 1000;

  private final JobQueue queue;
  private final ModelList models;
  private final Set<Mailbox> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  EventRoutes(JobQueue queue, ModelList models) {
    this.models = models;
    this.queue = queue;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/events", this::stream);
  }

  /** Tells all streams whether the queue is paused. */
  void tellPaused(boolean paused) {
    open.forEach(mailbox -> mailbox.put(new Mailbox.Paused(paused)));
  }

  /** Ends all streams; there are no new ones. */
  void close() {
    closed = true;
    open.forEach(Mailbox::close);
  }

  /** {@return how many streams are open} */
  int streams() {
    return open.size();
  }

  private void stream(Context context) throws IOException {
    String owner = Caller.of(context).user();
    HttpServletResponse response = context.res();
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no"); // proxies hold streams back otherwise
    var mailbox = new Mailbox();
    open.add(mailbox);
    if (closed) {
      mailbox.close();
    }
    try (var _ =
        queue.subscribe(
            owner, JobQueue.Previews.WANTED, event -> mailbox.put(new Mailbox.Happened(event)))) {
      var stream = new EventStream(response.getOutputStream(), models);
      stream.begin(queue.isPaused());
      for (Job job : queue.list(owner, MOST_JOBS)) {
        if (!job.state().isOver()) {
          stream.job(job);
        }
      }
      stream.flush();
      stream.pass(mailbox);
    } catch (IOException gone) {
      // the client went away, which is how streams end
    } finally {
      open.remove(mailbox);
    }
  }
}
