package io.songe.cli;

import io.songe.image.Colour;
import io.songe.pipeline.GeneratedImage;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Precision;
import io.songe.pipeline.Progress;
import io.songe.pipeline.TextToImage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Draws one picture again, whoever made it first, and writes it where that is wanted.
 *
 * @param around the command's surroundings
 */
record Redrawing(Surroundings around) {
  /**
   * Draws with a progress bar and without a preview.
   *
   * @param name what the model is called while it is opened
   * @param folder of the model, or its file
   * @param precision in which it computes
   * @param ask makes the opened model ready and says what it draws
   */
  GeneratedImage draw(
      String name, Path folder, Precision precision, Function<TextToImage, GenerationRequest> ask) {
    try (DrawingReport report =
        new DrawingReport(around, around.terminal().get(), Optional.empty(), Colour.TRANSPARENT)) {
      report.opening(name);
      try (TextToImage songe = TextToImage.open(folder, precision)) {
        GenerationRequest request = ask.apply(songe);
        report.drawing(1, songe.steps(request));
        return songe
            .generate(
                request,
                progress -> {
                  if (progress instanceof Progress.Denoised step) {
                    report.stepped(step);
                  }
                })
            .getFirst();
      }
    }
  }

  /** Writes the picture under a name that nothing has, and prints that name. */
  void write(GeneratedImage picture, long seed, OutputPlace place) {
    Path written = place.picture(seed, 1, 1);
    OutputPlace.write(picture.toPng(), written);
    around.print(Printable.line(written.toString()));
  }
}
