package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.gallery.Imported;
import io.songe.server.Caller;
import io.songe.studio.Studio;
import io.songe.studio.StudioSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code songe gallery import}: adds pictures that were made elsewhere. */
@Command(name = "import")
final class GalleryImportCommand implements Callable<Integer> {
  private final Surroundings around;
  private int refused;

  @Parameters(paramLabel = "${bundle:label.folder}", descriptionKey = "pictures")
  private String pictures = "";

  @Mixin private StudioFolderOption folder = new StudioFolderOption();

  GalleryImportCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Path from = UserPath.of(pictures, around);
    StudioSettings settings =
        StudioSettings.usual(folder.folder(around), around.models().folder()).withWorkers(0);
    try (Studio studio = Studio.open(settings, Clock.systemUTC())) {
      studio.gallery().importFolder(Caller.LOCAL.user(), from, this::tell);
    }
    return (refused == 0 ? ExitCode.DONE : ExitCode.BROKEN_FILE).number();
  }

  private void tell(Imported imported) {
    String file = Printable.line(imported.file());
    switch (imported) {
      case Imported.Added _ -> around.print(around.say(Text.IMPORT_ADDED, file));
      case Imported.Present _ -> around.print(around.say(Text.IMPORT_PRESENT, file));
      case Imported.Refused(_, String message) -> {
        refused++;
        around.err().println(around.say(Text.IMPORT_REFUSED, file, Printable.line(message)));
      }
    }
  }
}
