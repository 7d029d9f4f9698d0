package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.models.ModelRecord;
import io.songe.models.ModelsFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe models add}: copies a model into the models folder. */
@Command(name = "add")
final class ModelsAddCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.file}", descriptionKey = "model")
  private String model = "";

  @Option(names = "--name", paramLabel = "${bundle:label.name}", descriptionKey = "keptAs")
  private @Nullable String name;

  ModelsAddCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Path source = UserPath.of(model, around).toAbsolutePath().normalize();
    String kept = name == null ? String.valueOf(source.getFileName()) : name;
    ModelRecord record = new ModelsFolder(around.models().folder()).add(source, kept);
    around.print(around.say(Text.MODEL_ADDED, Printable.line(record.name())));
    RecordDescription.lines(record, around).forEach(around::print);
    return ExitCode.DONE.number();
  }
}
