package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.studio.Studio;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code songe gallery rebuild}: makes the index of the gallery anew from its files. */
@Command(name = "rebuild")
final class GalleryRebuildCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private StudioFolderOption folder = new StudioFolderOption();

  GalleryRebuildCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    try (Studio studio = StudioLine.openIdle(folder.folder(around), around)) {
      around.print(around.say(Text.REBUILT, studio.gallery().rebuild()));
    }
    return ExitCode.DONE.number();
  }
}
