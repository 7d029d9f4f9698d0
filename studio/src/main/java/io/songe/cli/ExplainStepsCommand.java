package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.explain.Figure;
import io.songe.explain.Figure.Panel;
import io.songe.explain.Figure.Row;
import io.songe.explain.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code songe explain steps}: shows a picture coming out of noise. */
@Command(name = "steps", sortOptions = false, abbreviateSynopsis = true)
final class ExplainStepsCommand implements Callable<Integer> {
  private static final int MOMENTS = 6;

  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.phrase}", arity = "0..*", descriptionKey = "explained")
  private List<String> words = List.of();

  @Mixin private ExplainOptions options = new ExplainOptions();

  ExplainStepsCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    String phrase = String.join(" ", words);
    return new Explanation(around, options, phrase).show("steps", 1, this::figure);
  }

  private Figure figure(Easel easel) {
    List<Panel> noisy = new ArrayList<>();
    List<Panel> believed = new ArrayList<>();
    noisy.add(new Panel(easel.songe().noise(easel.request()), around.say(Text.BEFORE_STEPS)));
    believed.add(Panel.empty());
    for (Moment moment : Moment.during(easel.songe(), easel.request(), MOMENTS, easel::hear)) {
      noisy.add(new Panel(moment.noisy(), around.say(Text.AFTER_STEP, moment.step())));
      believed.add(new Panel(moment.believed(), around.say(Text.IN_STEP, moment.step())));
    }
    return new Figure(
        List.of(
            new Row(around.say(Text.NOISY_STEPS, "" + easel.request().seed()), noisy),
            new Row(around.say(Text.BELIEVED_STEPS), believed)));
  }
}
