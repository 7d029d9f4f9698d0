package io.songe.cli;

import io.songe.pipeline.edit.Start;
import io.songe.pipeline.edit.Upscaler;
import io.songe.text.Prompt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe upscale}: enlarges a picture and draws it anew, for detail. */
@Command(name = "upscale", sortOptions = false, abbreviateSynopsis = true)
final class UpscaleCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.picture}", descriptionKey = "picture")
  private String picture = "";

  @Option(names = "--by", paramLabel = "X")
  private String by = "2";

  @Option(names = "--method", paramLabel = "${bundle:label.name}")
  private String method = Upscaler.LANCZOS.id();

  @Option(names = "--strength", paramLabel = "X")
  private String strength = "0.3";

  @Option(names = "--prompt", paramLabel = "${bundle:label.phrase}", descriptionKey = "prompt")
  private String prompt = "";

  @Mixin private DrawingOptions drawing = new DrawingOptions();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private EngineOptions engine = new EngineOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  UpscaleCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    StartPicture read = StartPicture.read(picture, around);
    Prompt subject = read.subject(prompt, around);
    PictureSize enlarged =
        read.size().times(DecimalOption.parse("--by", by, around), "--by", around);
    Start start =
        new Start.Enlarged(
            read.source(),
            Upscaler.named(method),
            DecimalOption.parse("--strength", strength, around));
    return new DrawingRun(around, model, drawing, engine, output)
        .draw(
            subject,
            subject.positive(),
            request -> request.withSize(enlarged.width(), enlarged.height()).from(start));
  }
}
