package io.songe.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code songe gallery}: says which commands look after the gallery. */
@Command(name = "gallery", synopsisSubcommandLabel = "${bundle:label.command}")
final class GalleryCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
