package io.songe.server;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import io.songe.error.InvalidRequestException;
import io.songe.jobs.QueueFullException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The server of a studio: its doors, and the page. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Server.class.getName());

  private final Javalin javalin;

  private Server(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Starts a server.
   *
   * @param host the address to listen at
   * @param port of it; 0 for any that is free
   * @param doors the interfaces it speaks
   * @param page whether the page is shown
   * @return the running server
   */
  public static Server start(String host, int port, List<Door> doors, boolean page) {
    Javalin javalin =
        Javalin.create(config -> {
          config.concurrency.useVirtualThreads = true;
          config.startup.showJavalinBanner = false;
          if (page) {
            config.staticFiles.add(files -> {
              files.hostedPath = "/";
              files.directory = "/io/songe/page";
              files.location = Location.CLASSPATH;
            });
          }
          config.routes.before(context -> context.attribute(Caller.ATTRIBUTE, Caller.LOCAL));
          config.routes.exception(
              HttpFailure.class, (failed, context) -> fail(doors, context, failed.failure()));
          config.routes.exception(
              QueueFullException.class,
              (full, context) ->
                  fail(
                      doors,
                      context,
                      new Failure(
                          429,
                          String.valueOf(full.getMessage()),
                          Optional.empty(),
                          Optional.of(full.retryAfter()))));
          config.routes.exception(
              InvalidRequestException.class,
              (wrong, context) ->
                  fail(doors, context, Failure.of(400, String.valueOf(wrong.getMessage()))));
          config.routes.exception(
              Exception.class,
              (bug, context) -> {
                LOG.log(Level.SEVERE, "a request failed: " + context.path(), bug);
                fail(doors, context, Failure.of(500, "something failed here; the log says what"));
              });
          doors.forEach(door -> door.addTo(config.routes));
        });
    return new Server(javalin.start(host, port));
  }

  private static void fail(List<Door> doors, Context context, Failure failure) {
    failure
        .retryAfter()
        .ifPresent(wait -> context.header("Retry-After", "" + Math.max(1, wait.toSeconds())));
    context.status(failure.status());
    doors.stream()
        .filter(door -> door.prefixes().stream().anyMatch(context.path()::startsWith))
        .findFirst()
        .ifPresentOrElse(
            door -> door.fail(context, failure), () -> context.result(failure.message()));
  }

  /** {@return the port it listens at} */
  public int port() {
    return javalin.port();
  }

  /** Stops: answers what was asked, takes no more. */
  @Override
  public void close() {
    javalin.stop();
  }
}
