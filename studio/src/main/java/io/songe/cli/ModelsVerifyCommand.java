package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.models.ModelRecord;
import io.songe.models.ModelsFolder;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code songe models verify}: whether models are as they were when they were added. */
@Command(name = "verify")
final class ModelsVerifyCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.model}", arity = "0..1", descriptionKey = "model")
  private @Nullable String model;

  ModelsVerifyCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    ModelsFolder folder = new ModelsFolder(around.models().folder());
    boolean intact = true;
    for (ModelRecord record : chosen(folder)) {
      List<ModelsFolder.Fault> faults = folder.verify(record);
      intact &= faults.isEmpty();
      around.print(
          around.say(
              faults.isEmpty() ? Text.MODEL_INTACT : Text.MODEL_NOT_INTACT,
              Printable.line(record.name())));
      for (ModelsFolder.Fault fault : faults) {
        around.print(around.say(text(fault.kind()), Printable.line(fault.path())));
      }
    }
    return (intact ? ExitCode.DONE : ExitCode.CHECK_FAILED).number();
  }

  private List<ModelRecord> chosen(ModelsFolder folder) {
    List<ModelRecord> records = folder.records();
    if (model == null) {
      return records;
    }
    List<ModelRecord> named =
        records.stream().filter(record -> record.name().equals(model)).toList();
    if (named.isEmpty()) {
      throw UnknownName.refuse(
          around, Text.NOT_IN_INDEX, model, records.stream().map(ModelRecord::name).toList());
    }
    return named;
  }

  private static Text text(ModelsFolder.Fault.Kind kind) {
    return switch (kind) {
      case MISSING -> Text.FILE_MISSING;
      case CHANGED -> Text.FILE_CHANGED;
      case UNREADABLE -> Text.FILE_UNREADABLE;
    };
  }
}
