package io.songe.cli;

import io.songe.checkpoint.ModelCard;
import io.songe.cli.messages.Text;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.InvalidRequestException;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Precision;
import io.songe.pipeline.Progress;
import io.songe.pipeline.TextToImage;
import io.songe.text.Prompt;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe imagine}: draws pictures of a phrase. */
@Command(name = "imagine", sortOptions = false, abbreviateSynopsis = true)
final class ImagineCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.phrase}", arity = "0..*", descriptionKey = "words")
  private List<String> words = List.of();

  @Mixin private DrawingOptions drawing = new DrawingOptions();

  @Option(names = "--model", paramLabel = "${bundle:label.model}")
  private String model = ModelShelf.BUNDLED;

  @Option(names = "--precision", paramLabel = "${bundle:label.precision}")
  private String precision = Precision.AUTO.id();

  @Mixin private EngineOptions engine = new EngineOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  ImagineCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    String phrase = phrase();
    Precision type = Precision.named(precision);
    ModelShelf shelf = new ModelShelf(around);
    Path folder = shelf.find(model);
    ModelCard card = ModelCard.read(folder);
    long seed = drawing.chosenSeed(around, RandomGenerator.getDefault());
    GenerationRequest draft = drawing.applyTo(usual(card, seed), phrase, card, around);
    PictureOutput files = output.prepare(around, draft, phrase);
    engine.prepare(around);

    try (DrawingReport report = output.report(around)) {
      report.opening(card.name());
      try (TextToImage songe = TextToImage.open(folder, type)) {
        draw(
            songe,
            drawing.applyTo(songe.request(phrase, seed), phrase, card, around),
            report,
            files);
      }
    }
    return ExitCode.DONE.number();
  }

  private String phrase() {
    String phrase = String.join(" ", words);
    if (Prompt.of(phrase).isBlank()) {
      throw new InvalidRequestException(around.say(Text.NO_PHRASE));
    }
    return phrase;
  }

  /** A request by which all that was asked can be checked before the model is opened. */
  private static GenerationRequest usual(ModelCard card, long seed) {
    return new GenerationRequest(
        Prompt.of(""),
        card.side(),
        card.side(),
        card.steps(),
        new Guidance.ClassifierFree(card.guidanceScale()),
        Samplers.choose("euler", ""),
        seed,
        1);
  }

  private void draw(
      TextToImage songe, GenerationRequest request, DrawingReport report, PictureOutput files) {
    report.drawing(request);
    songe.generate(
        request,
        progress -> {
          switch (progress) {
            case Progress.PromptEncoded _ -> {}
            case Progress.Denoised step -> report.stepped(step);
            case Progress.Finished done -> {
              PictureOutput.Written written = files.write(done, report.time());
              report.finished(done, written.image());
              around.print(written.line());
              report.drawingAfter(done, request);
            }
          }
        });
    files.finish();
  }
}
