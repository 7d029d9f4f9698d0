package io.songe.server;

import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that send a byte now and then, to be held for ever: a request's head has to
 * come within a time, and its body at a speed. A connection on which nothing moves at all is closed
 * by the server's idle time.
 */
final class SlowClients extends AbstractLifeCycle {
  private final Connector connector;
  private final Duration head;
  private final int bytesPerSecond;
  private final Map<EndPoint, Seen> seen = new WeakHashMap<>();
  private Scheduler.Task next = () -> false;

  /** Where a connection was when it began to send what it is still sending. */
  private record Seen(long message, boolean body, long bytes, long nanos) {}

  SlowClients(Connector connector, ServerLimits limits) {
    this.connector = connector;
    this.head = limits.head();
    this.bytesPerSecond = limits.bytesPerSecond();
  }

  @Override
  protected void doStart() {
    later();
  }

  @Override
  protected void doStop() {
    next.cancel();
  }

  private void later() {
    next =
        connector
            .getScheduler()
            .schedule(this::look, Math.max(100, head.toMillis() / 4), TimeUnit.MILLISECONDS);
  }

  private void look() {
    for (EndPoint client : connector.getConnectedEndPoints()) {
      if (client.getConnection() instanceof HttpConnection connection) {
        look(client, connection);
      }
    }
    if (isRunning()) {
      later();
    }
  }

  private void look(EndPoint client, HttpConnection connection) {
    HttpParser parser = connection.getParser();
    boolean body = parser.inContentState();
    boolean sending =
        body || (parser.getState() != HttpParser.State.START && parser.inHeaderState());
    boolean silent = parser.getState() == HttpParser.State.START && connection.getMessagesIn() == 0;
    if (!sending && !silent) {
      seen.remove(client);
      return;
    }
    Seen now =
        new Seen(connection.getMessagesIn(), body, connection.getBytesIn(), System.nanoTime());
    Seen before = seen.get(client);
    if (before == null || before.message != now.message || before.body != body) {
      seen.put(client, now);
      return;
    }
    long nanos = now.nanos - before.nanos;
    boolean slow = !body || now.bytes - before.bytes < bytesPerSecond * (nanos / 1e9);
    if (nanos > head.toNanos() && slow) {
      client.close(new TimeoutException("a request came too slowly"));
    }
  }
}
