package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.cli.terminal.PicturePreview;
import io.songe.cli.terminal.PreviewStyle;
import io.songe.cli.terminal.ProgressBar;
import io.songe.cli.terminal.Terminal;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.pipeline.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Shows how far the drawing is: a bar, and the emerging picture above it if that is wanted. */
final class DrawingReport implements AutoCloseable {
  /** Decoding previews may take a fifth of the time. */
  private static final int PREVIEW_SHARE = 5;

  /** Numbers under which a terminal may already hold pictures of an earlier run. */
  private static final int IMAGE_NUMBERS = 1 << 24;

  private final Surroundings around;
  private final Terminal terminal;
  private final Optional<PreviewStyle> style;
  private final Colour background;
  private final ProgressBar bar;

  private int imageNumber;
  private int steps;
  private Optional<PicturePreview> preview = Optional.empty();
  private Duration previewCost = Duration.ZERO;
  private Instant previewed = Instant.MIN;
  private Instant begun;

  /**
   * A report that shows nothing yet.
   *
   * @param around where it is shown
   * @param terminal what can be shown there
   * @param style of the preview; empty for none
   * @param background over which previews are shown
   */
  DrawingReport(
      Surroundings around, Terminal terminal, Optional<PreviewStyle> style, Colour background) {
    this.around = around;
    this.terminal = terminal;
    this.style = style;
    this.background = background;
    this.bar = new ProgressBar(around.err(), terminal, around.messages(), around.clock());
    this.imageNumber = RandomGenerator.getDefault().nextInt(1, IMAGE_NUMBERS);
    this.begun = around.clock().instant();
  }

  /** The model is being opened. */
  void opening(String model) {
    bar.begin(around.say(Text.OPENING, model));
  }

  /**
   * The drawing begins.
   *
   * @param images how many
   * @param stepsOfEach how many steps each takes
   */
  void drawing(int images, int stepsOfEach) {
    this.steps = stepsOfEach;
    begin(0, images);
  }

  private void begin(int image, int images) {
    begun = around.clock().instant();
    bar.begin(
        images == 1 ? around.say(Text.DRAWING) : around.say(Text.DRAWING_ONE_OF, image + 1, images),
        steps);
    preview = style.map(each -> new PicturePreview(terminal, each, imageNumber++));
  }

  /** A step is done. */
  void stepped(Progress.Denoised progress) {
    // Some samplers and schedules take more or fewer steps than were asked for.
    bar.step(progress.step(), progress.steps());
    Instant now = around.clock().instant();
    boolean due = now.isAfter(previewed.plus(previewCost.multipliedBy(PREVIEW_SHARE)));
    if (preview.isPresent() && due && progress.step() < progress.steps()) {
      show(progress.preview().get());
      previewed = around.clock().instant();
      previewCost = Duration.between(now, previewed);
    }
  }

  private void show(Image image) {
    preview.ifPresent(each -> bar.above(each.draw(image.over(background))));
  }

  /** {@return how long the picture took that is drawn now} */
  Duration time() {
    return Duration.between(begun, around.clock().instant());
  }

  /**
   * A picture is done and written. The bar is gone then, so that standard output, often the same
   * terminal, can be written to.
   *
   * @param progress which
   * @param shown the picture as it was written
   */
  void finished(Progress.Finished progress, Image shown) {
    Duration time = time();
    show(shown);
    String seconds = around.say(Text.SECONDS, time.toMillis() / 1000.0);
    String seed = String.valueOf(progress.result().recipe().seed());
    int images = progress.images();
    bar.end(
        images == 1
            ? around.say(Text.DRAWN, seed, seconds)
            : around.say(Text.DRAWN_ONE_OF, progress.image() + 1, images, seed, seconds));
  }

  /** The next picture begins. */
  void drawingAfter(Progress.Finished progress) {
    if (progress.image() + 1 < progress.images()) {
      begin(progress.image() + 1, progress.images());
    }
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    bar.close();
  }
}
