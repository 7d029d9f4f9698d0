package io.songe.cli.terminal;

import java.util.Map;
import java.util.stream.Stream;

/** How many colours a terminal says it shows, from fewest to most. */
public enum ColourDepth {
  /** No escape sequence for a colour may be written. */
  NONE,
  /** The sixteen names, whose look the user chooses: good for words, not for pictures. */
  NAMED,
  /** The 256 of xterm, of which 240 have a fixed look. */
  PALETTE,
  /** 24 bits. */
  TRUE;

  /** What the variables of the environment say; {@code NO_COLOR} overrules the others. */
  static ColourDepth of(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "");
    boolean windows = environment.containsKey("WT_SESSION");
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty() || term.equals("dumb")) {
      return NONE;
    }
    String declared = environment.getOrDefault("COLORTERM", "");
    if (Stream.of("truecolor", "24bit").anyMatch(declared::equals)
        || Stream.of("-direct", "-kitty", "-ghostty").anyMatch(term::endsWith)
        || windows) {
      return TRUE;
    }
    if (term.isEmpty()) {
      return NONE;
    }
    return term.contains("256color") ? PALETTE : NAMED;
  }
}
