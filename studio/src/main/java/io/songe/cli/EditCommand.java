package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.image.Fit;
import io.songe.image.Mask;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.Start;
import io.songe.text.Prompt;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  @Option(names = "--mask", paramLabel = "${bundle:label.picture}")
  private String mask = "";

  @Option(names = "--mask-reads", paramLabel = "bright|transparent")
  private String convention = "bright";

  @Option(names = "--invert")
  private boolean inverted;

  @Option(names = "--mask-blur", paramLabel = "N")
  private int blur = 4;

  @Option(names = "--content", paramLabel = "original|fill|noise|nothing")
  private String content = MaskedContent.ORIGINAL.id();

  @Option(names = "--only-masked")
  private boolean onlyMasked;

  @Option(names = "--padding", paramLabel = "N")
  private int padding = 32;

  @Option(names = "--fit", paramLabel = "crop|stretch|fill")
  private String fit = "crop";

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
    Masking masking = mask.isEmpty() ? null : masking();
    Start start =
        masking == null
            ? new Start.Picture(read.source(), fit(), share)
            : new Start.Inpainted(read.source(), masking, fit(), share);
    return new DrawingRun(around, model, drawing, engine, output)
        .draw(subject, subject.positive(), request -> sized(request, read, masking).from(start));
  }

  /** Of the picture's size, or of the model's where only a part is drawn. */
  private GenerationRequest sized(
      GenerationRequest request, StartPicture read, @Nullable Masking masking) {
    boolean part = masking != null && masking.area() instanceof Masking.Area.AroundMask;
    PictureSize usual = part ? new PictureSize(request.width(), request.height()) : read.size();
    PictureSize wanted = size.or(usual, around);
    return request.withSize(wanted.width(), wanted.height());
  }

  private Masking masking() {
    return new Masking(
        StartPicture.read(mask, around).source(),
        convention(),
        inverted,
        blur,
        MaskedContent.named(content),
        onlyMasked ? new Masking.Area.AroundMask(padding) : new Masking.Area.Whole());
  }

  private Mask.Convention convention() {
    return switch (convention.strip().toLowerCase(Locale.ROOT)) {
      case "bright" -> Mask.Convention.BRIGHT;
      case "transparent" -> Mask.Convention.TRANSPARENT;
      default -> throw new InvalidRequestException(around.say(Text.UNKNOWN_CONVENTION, convention));
    };
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
