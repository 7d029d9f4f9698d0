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
    try (Corpus captioned = Corpus.open(UserPath.of(corpus, around))) {
      learn(captioned, vocabulary, UserPath.of(folder, around), around);
    }
    around.print(Printable.line(folder));
    return ExitCode.DONE.number();
  }

  /**
   * Learns a vocabulary, and says how well it covers each language.
   *
   * @param captioned from whose captions
   * @param vocabulary how many pieces to know
   * @param target folder to write
   * @param around the words
   */
  static void learn(Corpus captioned, int vocabulary, Path target, Surroundings around) {
    new TokenizerTraining(vocabulary, TokenizerTraining.USUAL_LENGTH)
        .run(captioned.drawings(), target)
        .forEach((language, coverage) -> around.err().println(said(language, coverage, around)));
  }

  private static String said(Language language, TokenizerCoverage coverage, Surroundings around) {
    return around.say(
        Text.TOKENIZER_COVERAGE,
        language.code(),
        coverage.tokensPerWord(),
        coverage.wholeWords(),
        coverage.longest(),
        coverage.cutOff(),
        TokenizerTraining.USUAL_LENGTH);
  }
}
