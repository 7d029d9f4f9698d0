package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.diffusion.Interpolation;
import io.songe.error.InvalidRequestException;
import io.songe.explain.Figure;
import io.songe.explain.Figure.Panel;
import io.songe.explain.Figure.Row;
import io.songe.image.Image;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.edit.Variation;
import io.songe.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code songe explain between}: goes from one phrase to another, and from one noise to another.
 */
@Command(name = "between", sortOptions = false, abbreviateSynopsis = true)
final class ExplainBetweenCommand implements Callable<Integer> {
  private static final int FRAMES = 7;

  private final Surroundings around;

  @Parameters(
      index = "0",
      paramLabel = "${bundle:label.phrase}",
      descriptionKey = "explained-first")
  private String from = "";

  @Parameters(
      index = "1",
      paramLabel = "${bundle:label.phrase}",
      descriptionKey = "explained-second")
  private String to = "";

  @Mixin private ExplainOptions options = new ExplainOptions();

  ExplainBetweenCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (Prompt.of(to).isBlank()) {
      throw new InvalidRequestException(around.say(Text.NO_PHRASE));
    }
    return new Explanation(around, options, from).show("between", 2 * FRAMES, this::figure);
  }

  private Figure figure(Easel easel) {
    GenerationRequest request = easel.request();
    GenerationRequest film = request.withCount(FRAMES);
    Row phrases =
        row(
            around.say(Text.BETWEEN_PHRASES, Printable.line(from), Printable.line(to)),
            i -> easel.songe().frame(film, Prompt.of(to), i, Interpolation.SPHERICAL, easel::hear));
    Row noises =
        row(
            around.say(Text.BETWEEN_NOISES, "" + request.seed(), "" + (request.seed() + 1)),
            i -> easel.draw(request.withVariation(new Variation(request.seed() + 1, way(i)))));
    return new Figure(List.of(phrases, noises));
  }

  private Row row(String title, IntFunction<Image> frame) {
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      panels.add(new Panel(frame.apply(i), around.say(Text.SHARE, way(i))));
    }
    return new Row(title, panels);
  }

  private static double way(int frame) {
    return frame / (FRAMES - 1.0);
  }
}
