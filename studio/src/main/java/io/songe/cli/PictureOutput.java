package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.ImageGrid;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.image.SourceMark;
import io.songe.pipeline.GeneratedImage;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Progress;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes pictures as they are done, and says on standard output where they are. */
final class PictureOutput {
  private static final int MARGIN = 8;

  private final Surroundings around;
  private final OutputPlace place;
  private final Colour background;
  private final boolean json;
  private final boolean sheet;
  private final List<Image> forSheet = new ArrayList<>();
  private final long firstSeed;
  private final SourceMark source;

  /**
   * An output of nothing yet.
   *
   * @param around where results are printed
   * @param place where files go
   * @param background that pictures are laid over
   * @param json whether results are printed as JSON rather than as file names
   * @param sheet whether a sheet of all pictures is written too
   * @param request what will be drawn
   * @throws InvalidRequestException if the sheet would be too large
   */
  PictureOutput(
      Surroundings around,
      OutputPlace place,
      Colour background,
      boolean json,
      boolean sheet,
      GenerationRequest request) {
    this.around = around;
    this.place = place;
    this.background = background;
    this.json = json;
    this.sheet = sheet;
    this.firstSeed = request.seed();
    this.source =
        request.edit().start() instanceof Start.Noise
            ? SourceMark.TRAINED_ALGORITHMIC_MEDIA
            : SourceMark.COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA;
    if (sheet) {
      requireRoom(request);
    }
  }

  private void requireRoom(GenerationRequest request) {
    PictureSize each = size(request);
    long all = (long) each.width() * each.height() * request.count();
    long most = PngLimits.DEFAULT.pixels() / 2; // margins and an unfilled row take the rest
    if (all > most) {
      throw new InvalidRequestException(
          around.say(Text.SHEET_TOO_LARGE, request.count(), each.width(), each.height(), most));
    }
  }

  /** The size of each picture in the end. */
  private static PictureSize size(GenerationRequest request) {
    if (request.edit().secondPass() instanceof SecondPass.Enlarged pass) {
      return new PictureSize(pass.width(), pass.height());
    }
    if (request.edit().start() instanceof Start.Inpainted start
        && start.masking().area() instanceof Masking.Area.AroundMask) {
      Image whole = start.picture().image();
      return new PictureSize(whole.width(), whole.height());
    }
    return new PictureSize(request.width(), request.height());
  }

  /**
   * What was written.
   *
   * @param image the picture as it is in the file
   * @param line says so on standard output
   */
  record Written(Image image, String line) {}

  /**
   * Writes a picture.
   *
   * @param done the picture
   * @param time that it took
   */
  Written write(Progress.Finished done, Duration time) {
    GeneratedImage picture = done.result().over(background);
    Path file = place.picture(picture.recipe().seed(), done.image() + 1, done.images());
    OutputPlace.write(picture.toPng(), file);
    if (sheet) {
      forSheet.add(picture.image());
    }
    return new Written(
        picture.image(),
        json ? ResultJson.picture(file, time, picture.recipe()) : Printable.line(file.toString()));
  }

  /** Writes the sheet of all pictures, if it is wanted, and says so. */
  void finish() {
    if (!sheet) {
      return;
    }
    Image all = ImageGrid.nearSquare(forSheet.size(), MARGIN, background).arrange(forSheet);
    Path file = place.sheet(firstSeed);
    OutputPlace.write(new Png(all).withText(SourceMark.KEYWORD, source.text()), file);
    around.print(json ? ResultJson.sheet(file, forSheet.size()) : Printable.line(file.toString()));
  }
}
