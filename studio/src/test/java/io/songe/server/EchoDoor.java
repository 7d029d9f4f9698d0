package io.songe.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.jobs.QueueFullException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** A door that says what it was told, changes a number, and fails in every way it is asked to. */
final class EchoDoor implements Door {
  final AtomicInteger changes = new AtomicInteger();
  final Semaphore slow = new Semaphore(0);
  private final CountDownLatch closed = new CountDownLatch(1);

  @Override
  public Set<String> prefixes() {
    return Set.of("/echo/");
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/echo/user", context -> context.result(Caller.of(context).user()));
    routes.get("/echo/secret/{name}", context -> context.result(context.pathParam("name")));
    routes.post(
        "/echo/change",
        context -> {
          changes.incrementAndGet();
          context.result("" + context.bodyAsBytes().length);
        });
    routes.post(
        "/echo/model",
        context -> context.result("" + context.bodyInputStream().readAllBytes().length));
    routes.post(
        "/echo/json",
        context -> context.result("" + JsonMapper.shared().readTree(context.body()).size()));
    routes.post(
        "/echo/files",
        context ->
            context.result(
                "" + context.uploadedFiles().stream().mapToLong(UploadedFile::size).sum()));
    routes.get(
        "/echo/slow",
        context -> {
          slow.acquire();
          context.result("at last");
        });
    routes.get(
        "/echo/events",
        context -> {
          context.res().setContentType("text/event-stream");
          context.res().getOutputStream().print("event: hello\n\n");
          context.res().flushBuffer();
          closed.await();
          context.res().getOutputStream().print("event: bye\n\n");
        });
    routes.get(
        "/echo/wrong",
        _ -> {
          throw new InvalidRequestException("steps goes to 100");
        });
    routes.get(
        "/echo/full",
        _ -> {
          throw new QueueFullException("the queue is full", Duration.ofSeconds(7));
        });
    routes.get(
        "/echo/bug",
        _ -> {
          throw new EngineException("two shapes in /home/ada do not fit");
        });
    routes.get(
        "/echo/error",
        _ -> {
          throw new StackOverflowError("deep");
        });
    routes.get("/echo/long", context -> context.result("x".repeat(100_000)));
  }

  @Override
  public void fail(Context context, Failure failure) {
    context.contentType("application/json").result("{\"echo\":\"" + failure.message() + "\"}");
  }

  @Override
  public boolean isOpen(String path) {
    return path.startsWith("/echo/secret/");
  }

  @Override
  public boolean takesModels(String path) {
    return path.equals("/echo/model");
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
