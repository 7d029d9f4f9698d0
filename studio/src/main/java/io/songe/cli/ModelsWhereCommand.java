package io.songe.cli;

import io.songe.cli.messages.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code songe models where}: the folder into which models can be put. */
@Command(name = "where")
final class ModelsWhereCommand implements Callable<Integer> {
  private final Surroundings around;

  ModelsWhereCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Path folder = around.models().folder();
    around.print(Printable.line(folder.toString()));
    if (!Files.isDirectory(folder)) {
      around.err().println(around.say(Text.NOT_THERE_YET));
    }
    return ExitCode.DONE.number();
  }
}
