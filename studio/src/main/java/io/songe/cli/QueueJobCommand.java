package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code songe queue cancel}, {@code retry}, {@code hold} and {@code release}, each under its own
 * name: changes of single jobs.
 */
@Command(name = "cancel")
final class QueueJobCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec private CommandSpec spec;

  @Mixin private StudioFolderOption folder = new StudioFolderOption();

  @Parameters(paramLabel = "${bundle:label.job}", arity = "1..*", descriptionKey = "queue-job")
  private List<String> jobs = List.of();

  QueueJobCommand(Surroundings around) {
    this.around = around;
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    for (String job : jobs) {
      if (!job.matches("[a-z0-9]{1,64}")) {
        throw new InvalidRequestException(around.say(Text.NO_JOB_ID, job));
      }
    }
    try (StudioLine studio = StudioLine.to(folder.folder(around), around)) {
      jobs.forEach(job ->
          around.print(JobLine.of(studio.post("/api/jobs/" + job + "/" + spec.name()), around)));
    }
    return ExitCode.DONE.number();
  }
}
