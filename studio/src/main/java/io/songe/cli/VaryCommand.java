package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.image.Fit;
import io.songe.pipeline.edit.Start;
import io.songe.text.Prompt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe vary}: draws pictures like a picture, from what it was drawn from. */
@Command(name = "vary", sortOptions = false, abbreviateSynopsis = true)
final class VaryCommand implements Callable<Integer> {
  private static final double SUBTLE = 0.5;
  private static final double STRONG = 0.85;

  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.picture}", descriptionKey = "picture")
  private String picture = "";

  @Option(names = "--subtle")
  private boolean subtle;

  @Option(names = "--strong")
  private boolean strong;

  @Option(names = "--prompt", paramLabel = "${bundle:label.phrase}", descriptionKey = "prompt")
  private String prompt = "";

  @Mixin private DrawingOptions drawing = new DrawingOptions();
  @Mixin private SizeOption size = new SizeOption();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private EngineOptions engine = new EngineOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  VaryCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (subtle && strong) {
      throw new InvalidRequestException(around.say(Text.SUBTLE_AND_STRONG));
    }
    StartPicture read = StartPicture.read(picture, around);
    Prompt subject = read.subject(prompt, around);
    Start start = new Start.Picture(read.source(), Fit.CROP, strong ? STRONG : SUBTLE);
    return new DrawingRun(around, model, drawing, engine, output)
        .draw(
            subject,
            subject.positive(),
            request -> {
              PictureSize wanted = size.or(read.size(), around);
              return request.withSize(wanted.width(), wanted.height()).from(start);
            });
  }
}
