package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The size of a picture in pixels, as it is asked for. */
record PictureSize(int width, int height) {
  private static final double MOST_TIMES = 8;
  private static final Pattern NOTATION =
      Pattern.compile("(?<width>[0-9]{1,9})(\\s*[x×X*]\\s*(?<height>[0-9]{1,9}))?");

  /**
   * This size times a factor, rounded to whole pixels.
   *
   * @param option that gave the factor
   * @throws InvalidRequestException if the factor is not from 1 to 8
   */
  PictureSize times(double factor, String option, Surroundings around) {
    if (!(factor >= 1 && factor <= MOST_TIMES)) {
      throw new InvalidRequestException(
          around.say(Text.FACTOR_OUT_OF_RANGE, option, String.valueOf(factor)));
    }
    return new PictureSize((int) Math.round(width * factor), (int) Math.round(height * factor));
  }

  /** Reads {@code 256}, which is a square, or {@code 320x256}. */
  static PictureSize parse(String text, Surroundings around) {
    Matcher size = NOTATION.matcher(text.strip());
    if (!size.matches()) {
      throw new InvalidRequestException(around.say(Text.NO_SIZE, text));
    }
    int width = Integer.parseInt(size.group("width"));
    String height = size.group("height");
    return new PictureSize(width, height == null ? width : Integer.parseInt(height));
  }
}
