package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.image.Fit;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.Start;
import io.songe.text.Prompt;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe edit}: draws a picture, or the part of it under a mask, anew. */
@Command(name = "edit", sortOptions = false, abbreviateSynopsis = true)
final class EditCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.picture}", descriptionKey = "picture")
  private String picture = "";

  @Option(names = "--prompt", paramLabel = "${bundle:label.phrase}", descriptionKey = "prompt")
  private String prompt = "";

  @Option(names = "--strength", paramLabel = "X")
  private String strength = "0.75";

  @Option(names = "--fit", paramLabel = "crop|stretch|fill")
  private String fit = "crop";

  @Mixin private MaskOptions mask = new MaskOptions();
  @Mixin private DrawingOptions drawing = new DrawingOptions();
  @Mixin private SizeOption size = new SizeOption();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private EngineOptions engine = new EngineOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  EditCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    StartPicture read = StartPicture.read(picture, around);
    Prompt subject = read.subject(prompt, around);
    double share = DecimalOption.parse("--strength", strength, around);
    Optional<Masking> masking = mask.masking(around);
    Start start =
        masking.isPresent()
            ? new Start.Inpainted(read.source(), masking.get(), fit(), share)
            : new Start.Picture(read.source(), fit(), share);
    return new DrawingRun(around, model, drawing, engine, output)
        .draw(subject, subject.positive(), request -> sized(request, read, masking).from(start));
  }

  /** Of the picture's size, or of the model's where only a part is drawn. */
  private GenerationRequest sized(
      GenerationRequest request, StartPicture read, Optional<Masking> masking) {
    boolean part =
        masking.map(Masking::area).filter(Masking.Area.AroundMask.class::isInstance).isPresent();
    PictureSize usual = part ? new PictureSize(request.width(), request.height()) : read.size();
    PictureSize wanted = size.or(usual, around);
    return request.withSize(wanted.width(), wanted.height());
  }

  private Fit fit() {
    return switch (fit.strip().toLowerCase(Locale.ROOT)) {
      case "crop" -> Fit.CROP;
      case "stretch" -> Fit.STRETCH;
      case "fill" -> Fit.FILL;
      default -> throw new InvalidRequestException(around.say(Text.UNKNOWN_FIT, fit));
    };
  }
}
