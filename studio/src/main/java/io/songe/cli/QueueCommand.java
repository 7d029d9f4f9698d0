package io.songe.cli;

import io.songe.cli.messages.Text;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code songe queue}, and {@code songe queue list}: what is drawn and what waits. */
@Command(name = "queue", synopsisSubcommandLabel = "[${bundle:label.command}]")
final class QueueCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private StudioFolderOption folder = new StudioFolderOption();

  @Option(names = "--json", descriptionKey = "queue-json")
  private boolean json;

  QueueCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    try (StudioLine studio = StudioLine.to(folder.folder(around), around)) {
      JsonNode answer = studio.get("/api/jobs?most=100");
      JsonNode jobs = answer.path("jobs");
      jobs.forEach(
          job -> around.print(json ? Printable.json(job.toString()) : JobLine.of(job, around)));
      if (jobs.isEmpty()) {
        around.err().println(around.say(Text.QUEUE_EMPTY));
      }
      if (answer.path("paused").asBoolean()) {
        around.err().println(around.say(Text.QUEUE_PAUSED));
      }
    }
    return ExitCode.DONE.number();
  }
}
