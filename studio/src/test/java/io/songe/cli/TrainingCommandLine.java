package io.songe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A training command as it is typed: usual options, in whose place others may stand. */
final class TrainingCommandLine {
  private TrainingCommandLine() {}

  /**
   * Puts a command together.
   *
   * @param usual options by name, each with its value behind {@code =}, or nothing
   * @param more options, each with its value, which stand in place of the usual ones
   */
  static List<String> of(
      String what, Path corpus, Path run, Map<String, String> usual, String... more) {
    Map<String, String> options = new LinkedHashMap<>(usual);
    for (String option : more) {
      int end = option.contains("=") ? option.indexOf('=') : option.length();
      options.put(option.substring(0, end), option.substring(end));
    }
    List<String> command =
        new ArrayList<>(List.of("train", what, corpus.toString(), run.toString()));
    options.forEach((name, value) -> command.add(name + value));
    return command;
  }
}
