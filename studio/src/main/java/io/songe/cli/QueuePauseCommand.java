package io.songe.cli;

import io.songe.cli.messages.Text;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code songe queue pause} and {@code songe queue resume}, each under its own name. */
@Command(name = "pause")
final class QueuePauseCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec private CommandSpec spec;

  @Mixin private StudioFolderOption folder = new StudioFolderOption();

  QueuePauseCommand(Surroundings around) {
    this.around = around;
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    try (StudioLine studio = StudioLine.to(folder.folder(around), around)) {
      boolean paused = studio.post("/api/queue/" + spec.name()).path("paused").asBoolean();
      around.err().println(around.say(paused ? Text.QUEUE_PAUSED : Text.QUEUE_GOES_ON));
    }
    return ExitCode.DONE.number();
  }
}
