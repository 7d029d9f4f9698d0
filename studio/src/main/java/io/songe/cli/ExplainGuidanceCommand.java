package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.diffusion.Guidance;
import io.songe.explain.Figure;
import io.songe.explain.Figure.Panel;
import io.songe.explain.Figure.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code songe explain guidance}: draws one picture with more and more guidance. */
@Command(name = "guidance", sortOptions = false, abbreviateSynopsis = true)
final class ExplainGuidanceCommand implements Callable<Integer> {
  private static final int MOST = 10;

  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.phrase}", arity = "0..*", descriptionKey = "explained")
  private List<String> words = List.of();

  @Mixin private ExplainOptions options = new ExplainOptions();

  ExplainGuidanceCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    String phrase = String.join(" ", words);
    return new Explanation(around, options, phrase)
        .show("guidance", MOST, easel -> figure(easel, phrase));
  }

  private Figure figure(Easel easel, String phrase) {
    List<Panel> panels = new ArrayList<>();
    for (int scale = 1; scale <= MOST; scale++) {
      Guidance guidance = easel.request().guidance().withScale(scale);
      panels.add(
          new Panel(
              easel.draw(easel.request().withGuidance(guidance)),
              around.say(Text.OF_GUIDANCE, scale)));
    }
    String title =
        around.say(Text.GUIDED_MORE, Printable.line(phrase), "" + easel.request().seed());
    return new Figure(
        List.of(
            new Row(title, panels.subList(0, MOST / 2)),
            new Row("", panels.subList(MOST / 2, MOST))));
  }
}
