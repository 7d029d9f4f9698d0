package io.songe.server;

import io.javalin.http.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/** The requests that are being answered, to end those that never would end by themselves. */
final class Streams {
  private final Map<Context, Thread> present = new ConcurrentHashMap<>();

  void watch(Context context) {
    present.put(context, Thread.currentThread());
    Request.addCompletionListener(
        ServletContextRequest.getServletContextRequest(context.req()),
        _ -> present.remove(context));
  }

  /**
   * Ends all streams of events, as if nothing more happened. A stream that is written by its
   * request's own thread ends when that is interrupted.
   */
  void end() {
    present.forEach((context, thread) -> {
      if (String.valueOf(context.res().getContentType()).startsWith("text/event-stream")) {
        if (context.req().isAsyncStarted()) {
          complete(context);
        } else {
          thread.interrupt();
        }
      }
    });
  }

  private static void complete(Context context) {
    try {
      context.req().getAsyncContext().complete();
    } catch (IllegalStateException ended) {
      // it has just ended by itself
    }
  }
}
