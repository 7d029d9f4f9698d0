package io.songe.server;

import io.javalin.http.Context;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/** The requests that are being answered, to end those that never would end by themselves. */
final class Streams {
  private final Set<Context> present = ConcurrentHashMap.newKeySet();

  void watch(Context context) {
    present.add(context);
    Request.addCompletionListener(
        ServletContextRequest.getServletContextRequest(context.req()),
        _ -> present.remove(context));
  }

  /** Ends all streams of events, as if nothing more happened. */
  void end() {
    for (Context context : present) {
      String type = String.valueOf(context.res().getContentType());
      if (type.startsWith("text/event-stream") && context.req().isAsyncStarted()) {
        complete(context);
      }
    }
  }

  private static void complete(Context context) {
    try {
      context.req().getAsyncContext().complete();
    } catch (IllegalStateException ended) {
      // it has just ended by itself
    }
  }
}
