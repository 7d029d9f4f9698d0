package io.songe.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.jobs.QueueFullException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import tools.jackson.core.JacksonException;

/** Turns whatever went wrong into a {@link Failure}, which the door answers in its own form. */
final class Failures {
  private static final Logger LOG = Logger.getLogger(Failures.class.getName());

  private final List<Door> doors;

  Failures(List<Door> doors) {
    this.doors = List.copyOf(doors);
  }

  void addTo(RoutesConfig routes) {
    routes.exception(
        Exception.class, (thrown, context) -> answer(context, failure(thrown, context)));
    // Javalin would answer its own in a form of its own.
    routes.exception(
        HttpResponseException.class,
        (thrown, context) -> answer(context, failure(thrown, context)));
  }

  /** Answers a request that failed. */
  void answer(Context context, Failure failure) {
    failure
        .retryAfter()
        .ifPresent(wait -> context.header("Retry-After", "" + Math.max(1, wait.toSeconds())));
    if (failure.status() == 401) {
      context.header("WWW-Authenticate", "Bearer realm=\"songe\"");
    }
    context.status(failure.status());
    doors.stream()
        .filter(door -> Guard.leadsTo(door, context.path()))
        .findFirst()
        .ifPresentOrElse(
            door -> door.fail(context, failure),
            () -> context.contentType("text/plain; charset=utf-8").result(failure.message()));
  }

  private static Failure failure(Exception thrown, Context context) {
    return switch (thrown) {
      case HttpFailure failed -> failed.failure();
      case QueueFullException full ->
          new Failure(429, message(full), Optional.empty(), Optional.of(full.retryAfter()));
      case InvalidRequestException wrong -> Failure.of(400, message(wrong));
      case BrokenFileException broken -> Failure.of(400, message(broken));
      case JacksonException json ->
          Failure.of(400, "the JSON cannot be read: " + json.getOriginalMessage());
      case HttpResponseException refused -> refusal(refused, context);
      default -> unexpected(thrown, context);
    };
  }

  private static Failure refusal(HttpResponseException refused, Context context) {
    return switch (refused.getStatus()) {
      case 404 -> Failure.of(404, "there is nothing at " + context.method() + " " + context.path());
      case 405 -> Failure.of(405, context.path() + " knows other methods, not " + context.method());
      default -> Failure.of(refused.getStatus(), String.valueOf(refused.getMessage()));
    };
  }

  private static Failure unexpected(Exception thrown, Context context) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpException http && http.getCode() < 500) {
        return Failure.of(http.getCode(), reason(http));
      }
      if (cause instanceof FileSystemException file && isFull(file)) {
        return Failure.of(507, "the disk is full; make room and try again");
      }
    }
    if (isCutOff(thrown)) {
      return Failure.of(400, "the request broke off");
    }
    // Neither its query nor its body: they may hold a token or what somebody wants drawn.
    LOG.log(Level.SEVERE, "request " + context.attribute(Traffic.REQUEST_ID) + " failed", thrown);
    return Failure.of(500, "something failed here; the log says what");
  }

  private static String reason(HttpException http) {
    return http.getCode() == 413
        ? "the body of the request is longer than this server takes"
        : String.valueOf(http.getReason());
  }

  private static boolean isFull(FileSystemException file) {
    String why = String.valueOf(file.getReason());
    return why.contains("No space left") || why.contains("not enough space");
  }

  private static boolean isCutOff(Exception thrown) {
    return thrown instanceof EofException
        || (thrown instanceof IOException && thrown.getCause() instanceof EofException);
  }

  /** Which folders this machine has is nobody's business. */
  private static String message(Exception thrown) {
    return FileLabel.withoutFolders(String.valueOf(thrown.getMessage()));
  }
}
