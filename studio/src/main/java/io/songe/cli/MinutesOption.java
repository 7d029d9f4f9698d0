package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import java.time.Duration;

/** {@code --minutes}: how long a training may take before it stops in order. */
final class MinutesOption {
  private static final double MOST = 1e6;
  private static final double MILLISECONDS = 60_000;

  private MinutesOption() {}

  /** Reads a time; what is none, or not above 0, is the user's mistake. */
  static Duration parse(String text, Surroundings around) {
    double minutes = DecimalOption.parse("--minutes", text, around);
    if (!(minutes > 0 && minutes < MOST)) {
      throw new InvalidRequestException(around.say(Text.MINUTES_OUT_OF_RANGE, text));
    }
    return Duration.ofMillis(Math.max(1, (long) (minutes * MILLISECONDS)));
  }
}
