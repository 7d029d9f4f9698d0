package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.image.Image;

/** Says whether a picture that was made again is the same. */
record ComparisonReport(Surroundings around) {
  /** Compares a picture with the one made again; of other sizes they are not the same. */
  ExitCode compare(Image original, Image again) {
    if (original.width() != again.width() || original.height() != again.height()) {
      around.print(
          around.say(
              Text.SIZE_CHANGED,
              original.width(),
              original.height(),
              again.width(),
              again.height()));
      return ExitCode.CHECK_FAILED;
    }
    PictureComparison comparison = PictureComparison.of(original, again);
    if (comparison.identical()) {
      around.print(around.say(Text.IDENTICAL, comparison.pixels()));
      return ExitCode.DONE;
    }
    around.print(
        around.say(
            Text.DIFFERENT,
            comparison.differing(),
            comparison.pixels(),
            comparison.largest(),
            comparison.psnr()));
    return ExitCode.CHECK_FAILED;
  }
}
