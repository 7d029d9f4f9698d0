package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The size of a picture in pixels, as it is asked for. */
record PictureSize(int width, int height) {
  private static final Pattern NOTATION =
      Pattern.compile("(?<width>[0-9]{1,9})(\\s*[x×X*]\\s*(?<height>[0-9]{1,9}))?");

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
