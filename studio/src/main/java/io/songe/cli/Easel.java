package io.songe.cli;

import io.songe.cli.terminal.ProgressBar;
import io.songe.image.Image;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Progress;
import io.songe.pipeline.TextToImage;

/** An open model on which the pictures of a figure are drawn one after another, with a bar. */
final class Easel {
  private final TextToImage songe;
  private final GenerationRequest request;
  private final ProgressBar bar;
  private int steps;

  /**
   * An easel with nothing on it.
   *
   * @param songe the model
   * @param request for the phrase that is explained, with the model's own settings
   * @param bar shows how far the drawing is
   */
  Easel(TextToImage songe, GenerationRequest request, ProgressBar bar) {
    this.songe = songe;
    this.request = request;
    this.bar = bar;
  }

  /**
   * Begins the report of the drawing.
   *
   * @param work what it is called
   * @param pictures how many will be drawn
   */
  void begin(String work, int pictures) {
    bar.begin(work, pictures * songe.steps(request));
  }

  /** {@return the model} */
  TextToImage songe() {
    return songe;
  }

  /** {@return a request for the phrase that is explained, with the model's own settings} */
  GenerationRequest request() {
    return request;
  }

  /** Draws a picture. */
  Image draw(GenerationRequest asked) {
    return songe.generate(asked, this::hear).getFirst().image();
  }

  /** Hears of a step of one of the pictures. */
  void hear(Progress progress) {
    if (progress instanceof Progress.Denoised) {
      steps++;
      bar.step(steps);
    }
  }
}
