package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as they are typed. */
final class UserPath {
  private UserPath() {}

  /** Reads a path; text that can be none on this system is the user's mistake. */
  static Path of(String text, Surroundings around) {
    try {
      return Path.of(text);
    } catch (InvalidPathException noPath) {
      throw new InvalidRequestException(
          around.say(Text.NO_PATH, text, String.valueOf(noPath.getReason())), noPath);
    }
  }
}
