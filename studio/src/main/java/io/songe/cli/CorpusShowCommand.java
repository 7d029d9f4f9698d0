package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.data.Corpus;
import io.songe.data.Drawing;
import io.songe.data.Holdout;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe corpus show}: says what a corpus holds. */
@Command(name = "show", sortOptions = false)
final class CorpusShowCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.corpus}", descriptionKey = "corpus")
  private String corpus = "";

  @Option(names = "--verify")
  private boolean verify;

  CorpusShowCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    try (Corpus opened = Corpus.open(UserPath.of(corpus, around))) {
      if (verify) {
        opened.verify();
      }
      Holdout holdout = Holdout.of(opened.drawings());
      around.print(
          around.say(
              Text.CORPUS_HOLDS,
              opened.drawings().size(),
              opened.drawings().stream().map(Drawing::concept).distinct().count(),
              opened.side()));
      around.print(
          around.say(
              Text.CORPUS_HELD_OUT,
              holdout.drawings(Holdout.Part.TRAINING).size(),
              holdout.drawings(Holdout.Part.UNSEEN_CONCEPT).size(),
              holdout.drawings(Holdout.Part.UNSEEN_PAIR).size()));
      around.print(around.labelled("SHA-256", opened.sha256()));
      opened.drawings().stream()
          .collect(
              Collectors.groupingBy(
                  drawing -> drawing.style() + " " + drawing.licence(),
                  TreeMap::new,
                  Collectors.counting()))
          .forEach((what, count) -> around.print("%7d %s".formatted(count, Printable.line(what))));
    }
    return ExitCode.DONE.number();
  }
}
