package io.songe.cli;

import io.songe.checkpoint.ModelCard;
import io.songe.cli.messages.Text;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.sampler.Samplers;
import io.songe.models.OpenedAdapters;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Precision;
import io.songe.pipeline.Progress;
import io.songe.pipeline.TextToImage;
import io.songe.text.Prompt;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * What all commands that draw do alike: check everything that was asked before the model is opened,
 * then draw, report and write.
 *
 * @param around the command's surroundings
 * @param model which draws
 * @param drawing what is drawn
 * @param engine how much of the machine is used
 * @param output where pictures go
 */
record DrawingRun(
    Surroundings around,
    ModelOptions model,
    DrawingOptions drawing,
    EngineOptions engine,
    OutputOptions output) {

  /**
   * Draws.
   *
   * @param prompt what to draw; the options' style is still to be added
   * @param name what pictures are called where no name is wanted
   * @param ask changes a request as this command does: its size and its edit
   * @return the exit code
   */
  int draw(Prompt prompt, String name, UnaryOperator<GenerationRequest> ask) {
    Precision precision = model.precision();
    Path folder = model.folder(around);
    ModelCard card = ModelCard.read(folder);
    long seed = drawing.chosenSeed(around, RandomGenerator.getDefault());
    GenerationRequest draft = ask.apply(drawing.applyTo(usual(card, seed), prompt, card, around));
    PictureOutput files = output.prepare(around, draft, name);
    engine.prepare(around);

    try (OpenedAdapters adapters = model.adapters(draft, around);
        DrawingReport report = output.report(around)) {
      report.opening(card.name());
      try (TextToImage songe = TextToImage.open(folder, precision)) {
        adapters.applyTo(songe);
        GenerationRequest request =
            ask.apply(drawing.applyTo(songe.request("", seed), prompt, card, around));
        draw(songe, request, report, files);
        tellIfNothingTaught(request, adapters, card);
      }
    }
    return ExitCode.DONE.number();
  }

  private void tellIfNothingTaught(
      GenerationRequest request, OpenedAdapters adapters, ModelCard card) {
    if (adapters.isEmpty() && !card.things().mayBeNamedIn(request.prompt().positive())) {
      around.err().println(around.say(Text.NOTHING_TAUGHT, card.name()));
    }
  }

  /** A request by which all that was asked can be checked before the model is opened. */
  static GenerationRequest usual(ModelCard card, long seed) {
    return new GenerationRequest(
        Prompt.of(""),
        card.side(),
        card.side(),
        card.steps(),
        new Guidance.ClassifierFree(card.guidanceScale(), card.guidanceRescale()),
        Samplers.choose("euler", ""),
        seed,
        1);
  }

  private void draw(
      TextToImage songe, GenerationRequest request, DrawingReport report, PictureOutput files) {
    report.drawing(request.count(), songe.steps(request));
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
              report.drawingAfter(done);
            }
          }
        });
    files.finish();
  }
}
