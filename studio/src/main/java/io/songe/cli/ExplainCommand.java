package io.songe.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code songe explain}: says which commands show how a picture comes about. */
@Command(name = "explain", synopsisSubcommandLabel = "${bundle:label.command}")
final class ExplainCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
