package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.text.Prompt;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code songe imagine}: draws pictures of a phrase. */
@Command(name = "imagine", sortOptions = false, abbreviateSynopsis = true)
final class ImagineCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.phrase}", arity = "0..*", descriptionKey = "words")
  private List<String> words = List.of();

  @Mixin private DrawingOptions drawing = new DrawingOptions();
  @Mixin private SizeOption size = new SizeOption();
  @Mixin private CompositionOptions composition = new CompositionOptions();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private EngineOptions engine = new EngineOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  ImagineCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    String phrase = phrase();
    return new DrawingRun(around, model, drawing, engine, output)
        .draw(
            Prompt.of(phrase),
            phrase,
            request -> {
              PictureSize usual = new PictureSize(request.width(), request.height());
              PictureSize wanted = size.or(usual, around);
              return composition.applyTo(request.withSize(wanted.width(), wanted.height()), around);
            });
  }

  private String phrase() {
    String phrase = String.join(" ", words);
    if (Prompt.of(phrase).isBlank()) {
      throw new InvalidRequestException(around.say(Text.NO_PHRASE));
    }
    return phrase;
  }
}
