package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.studio.RunningStudio;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A run of {@code songe studio} or {@code songe serve}, which ends when its visitor has left.
 *
 * @param setting what is around the command
 * @param folder of the studio
 */
record ServerRun(Run.Setting setting, Path folder) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What happens while the server runs. */
  @FunctionalInterface
  interface Visit {
    void at(RunningStudio studio) throws Exception;
  }

  /** Starts the server at any port, visits it, and stops it as Ctrl-C would. */
  Run visit(Visit visit, String... arguments) throws Exception {
    CompletableFuture<Run> run = new CompletableFuture<>();
    String[] all =
        Stream.concat(Arrays.stream(arguments), Stream.of("--port", "0")).toArray(String[]::new);
    Thread thread = Thread.ofPlatform().start(() -> complete(run, all));
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (RunningStudio.of(folder).isEmpty() && !run.isDone()) {
      assertThat(System.nanoTime()).isLessThan(until);
      Thread.sleep(20);
    }
    try {
      if (!run.isDone()) {
        visit.at(RunningStudio.of(folder).orElseThrow());
      }
    } finally {
      thread.interrupt();
    }
    return run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void complete(CompletableFuture<Run> run, String... arguments) {
    try {
      run.complete(setting.run(arguments));
    } catch (Throwable failed) {
      run.completeExceptionally(failed);
    }
  }
}
