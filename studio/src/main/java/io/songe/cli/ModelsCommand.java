package io.songe.cli;

import io.songe.checkpoint.ModelSummary;
import io.songe.cli.messages.Text;
import io.songe.error.BrokenFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code songe models}, and {@code songe models list}: which models can be asked for by name. */
@Command(name = "models", synopsisSubcommandLabel = "[${bundle:label.command}]")
final class ModelsCommand implements Callable<Integer> {
  private static final String INDENTED = "  ";

  private final Surroundings around;

  ModelsCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    for (Path folder : around.models().all()) {
      print(folder);
    }
    return ExitCode.DONE.number();
  }

  private void print(Path folder) {
    try {
      ModelSummary model = ModelSummary.read(folder);
      around.print(Printable.line(model.card().name()));
      ModelDescription.lines(model, around).forEach(line -> around.print(INDENTED + line));
    } catch (BrokenFileException unusable) {
      around.print(Printable.line(String.valueOf(folder.getFileName())));
      around.print(
          INDENTED
              + around.labelled(
                  around.say(Text.LABEL_UNUSABLE), String.valueOf(unusable.getMessage())));
    }
  }
}
