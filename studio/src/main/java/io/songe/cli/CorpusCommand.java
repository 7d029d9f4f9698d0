package io.songe.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code songe corpus}: says what can be done with corpora. */
@Command(name = "corpus", synopsisSubcommandLabel = "${bundle:label.command}")
final class CorpusCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
