package io.songe.cli;

import io.songe.checkpoint.ModelCard;
import io.songe.cli.messages.Text;
import io.songe.cli.terminal.ProgressBar;
import io.songe.error.InvalidRequestException;
import io.songe.explain.Figure;
import io.songe.models.OpenedAdapters;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Precision;
import io.songe.pipeline.TextToImage;
import io.songe.text.Prompt;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What the commands that explain by drawing a phrase do alike: check what was asked, open the
 * model, and write the figure.
 *
 * @param around the command's surroundings
 * @param options what was asked
 * @param phrase what is drawn
 */
record Explanation(Surroundings around, ExplainOptions options, String phrase) {
  /**
   * Makes a figure.
   *
   * @param name of its file where none is wanted
   * @param pictures how many are drawn for it, for the report
   * @param look makes the figure
   * @return the exit code
   */
  int show(String name, int pictures, Function<Easel, Figure> look) {
    if (Prompt.of(phrase).isBlank()) {
      throw new InvalidRequestException(around.say(Text.NO_PHRASE));
    }
    Precision precision = options.model().precision();
    Path folder = options.model().folder(around);
    ModelCard card = ModelCard.read(folder);
    long seed = options.chosenSeed(around);
    GenerationRequest draft = asked(DrawingRun.usual(card, seed));
    FigureOutput output = FigureOutput.of(around, options.out(), name + " " + phrase);
    options.engine().prepare(around);

    Figure figure;
    try (OpenedAdapters adapters = options.model().adapters(draft, around);
        ProgressBar bar = output.bar()) {
      bar.begin(around.say(Text.OPENING, card.name()));
      try (TextToImage songe = TextToImage.open(folder, precision)) {
        adapters.applyTo(songe);
        Easel easel = new Easel(songe, asked(songe.request("", seed)), bar);
        easel.begin(around.say(Text.DRAWING), pictures);
        figure = look.apply(easel);
      }
    }
    output.write(figure);
    return ExitCode.DONE.number();
  }

  private GenerationRequest asked(GenerationRequest usual) {
    return usual.withPrompt(Prompt.of(phrase)).withSteps(options.steps().orElse(usual.steps()));
  }
}
