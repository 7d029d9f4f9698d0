package io.songe.cli;

import io.songe.image.Margins;
import io.songe.pipeline.edit.Start;
import io.songe.text.Prompt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe extend}: draws on beyond a picture's edges. */
@Command(name = "extend", sortOptions = false, abbreviateSynopsis = true)
final class ExtendCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.picture}", descriptionKey = "picture")
  private String picture = "";

  @Option(names = "--prompt", paramLabel = "${bundle:label.phrase}", descriptionKey = "prompt")
  private String prompt = "";

  @Option(names = "--left", paramLabel = "N")
  private int left;

  @Option(names = "--right", paramLabel = "N")
  private int right;

  @Option(names = "--top", paramLabel = "N")
  private int top;

  @Option(names = "--bottom", paramLabel = "N")
  private int bottom;

  @Option(names = "--seam", paramLabel = "N")
  private int seam = 16;

  @Option(names = "--strength", paramLabel = "X")
  private String strength = "0.9";

  @Mixin private DrawingOptions drawing = new DrawingOptions();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private EngineOptions engine = new EngineOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  ExtendCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    StartPicture read = StartPicture.read(picture, around);
    Prompt subject = read.subject(prompt, around);
    Margins margins = new Margins(left, right, top, bottom);
    PictureSize inside = read.size();
    Start start =
        new Start.Extended(
            read.source(), margins, seam, DecimalOption.parse("--strength", strength, around));
    return new DrawingRun(around, model, drawing, engine, output)
        .draw(
            subject,
            subject.positive(),
            request ->
                request
                    .withSize(margins.width(inside.width()), margins.height(inside.height()))
                    .from(start));
  }
}
