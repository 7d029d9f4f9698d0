package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.data.Corpus;
import io.songe.data.Language;
import io.songe.data.compose.TokenizerCoverage;
import io.songe.data.compose.TokenizerTraining;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe train tokenizer}: learns a vocabulary from the captions of a corpus. */
@Command(name = "tokenizer")
final class TrainTokenizerCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(index = "0", paramLabel = "${bundle:label.corpus}", descriptionKey = "corpus")
  private String corpus = "";

  @Parameters(index = "1", paramLabel = "${bundle:label.folder}", descriptionKey = "tokenizer")
  private String folder = "";

  @Option(names = "--vocabulary", paramLabel = "${bundle:label.number}")
  private int vocabulary = TokenizerTraining.USUAL_VOCABULARY;

  TrainTokenizerCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Path target = UserPath.of(folder, around);
    var training = new TokenizerTraining(vocabulary, TokenizerTraining.USUAL_LENGTH);
    try (Corpus captioned = Corpus.open(UserPath.of(corpus, around))) {
      training.run(captioned.drawings(), target).forEach(this::say);
    }
    around.print(Printable.line(folder));
    return ExitCode.DONE.number();
  }

  private void say(Language language, TokenizerCoverage coverage) {
    around
        .err()
        .println(
            around.say(
                Text.TOKENIZER_COVERAGE,
                language.code(),
                coverage.tokensPerWord(),
                coverage.wholeWords(),
                coverage.longest(),
                coverage.cutOff(),
                TokenizerTraining.USUAL_LENGTH));
  }
}
