package io.songe.cli;

import io.songe.cli.messages.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code songe gallery where}: the folder in which the pictures lie. */
@Command(name = "where")
final class GalleryWhereCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private StudioFolderOption folder = new StudioFolderOption();

  GalleryWhereCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Path gallery = folder.folder(around).resolve("gallery");
    around.print(Printable.line(gallery.toString()));
    if (!Files.isDirectory(gallery)) {
      around.err().println(around.say(Text.NO_GALLERY_YET));
    }
    return ExitCode.DONE.number();
  }
}
