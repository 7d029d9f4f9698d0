package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;

/** Decimal numbers as they are typed, with a point or a comma. */
final class DecimalOption {
  private DecimalOption() {}

  /** Reads a number; text that is none is the user's mistake. */
  static double parse(String option, String text, Surroundings around) {
    try {
      return Double.parseDouble(text.strip().replace(',', '.'));
    } catch (NumberFormatException noNumber) {
      throw new InvalidRequestException(around.say(Text.NOT_A_NUMBER, option, text), noNumber);
    }
  }
}
