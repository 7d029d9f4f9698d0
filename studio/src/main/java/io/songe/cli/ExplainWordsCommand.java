package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.diffusion.Guidance;
import io.songe.explain.Figure;
import io.songe.explain.Figure.Panel;
import io.songe.explain.Figure.Row;
import io.songe.pipeline.GenerationRequest;
import io.songe.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code songe explain words}: shows what the same noise becomes without a phrase and with it. */
@Command(name = "words", sortOptions = false, abbreviateSynopsis = true)
final class ExplainWordsCommand implements Callable<Integer> {
  private static final int SEEDS = 6;

  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.phrase}", arity = "0..*", descriptionKey = "explained")
  private List<String> words = List.of();

  @Mixin private ExplainOptions options = new ExplainOptions();

  ExplainWordsCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    String phrase = String.join(" ", words);
    return new Explanation(around, options, phrase)
        .show("words", 2 * SEEDS, easel -> figure(easel, phrase));
  }

  private Figure figure(Easel easel, String phrase) {
    GenerationRequest with = easel.request();
    GenerationRequest without =
        with.withPrompt(Prompt.of("")).withGuidance(new Guidance.ClassifierFree(1));
    return new Figure(
        List.of(
            row(easel, without, around.say(Text.WITHOUT_WORDS)),
            row(easel, with, around.say(Text.WITH_WORDS, Printable.line(phrase)))));
  }

  private Row row(Easel easel, GenerationRequest request, String title) {
    List<Panel> panels = new ArrayList<>();
    for (long seed = request.seed(); seed < request.seed() + SEEDS; seed++) {
      panels.add(
          new Panel(easel.draw(request.withSeed(seed)), around.say(Text.OF_SEED, "" + seed)));
    }
    return new Row(title, panels);
  }
}
