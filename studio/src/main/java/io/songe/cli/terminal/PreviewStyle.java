package io.songe.cli.terminal;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The ways in which a terminal can show a picture, best first. */
public enum PreviewStyle {
  /** The graphics protocol of kitty, which other terminals have taken over. */
  KITTY,
  /** DEC's sixels: bands of six pixels, at most 256 colours. */
  SIXEL,
  /** Two pixels in each character: the upper half block with a colour for each half. */
  HALF;

  /** The first version of Konsole, 22.04, that shows pictures, as it writes its version. */
  private static final int KONSOLE_WITH_PICTURES = 220400;

  /**
   * The styles that the environment is evidence for. Inside tmux or screen the variables of the
   * terminal around it are inherited, but its pictures do not pass through: those know no graphics.
   */
  static Set<PreviewStyle> of(
      Map<String, String> environment, ColourDepth colours, boolean unicode) {
    Set<PreviewStyle> styles = EnumSet.noneOf(PreviewStyle.class);
    if (!multiplexed(environment)) {
      if (kitty(environment)) {
        styles.add(KITTY);
      }
      if (sixel(environment)) {
        styles.add(SIXEL);
      }
    }
    if (unicode && colours.compareTo(ColourDepth.PALETTE) >= 0) {
      styles.add(HALF);
    }
    return styles;
  }

  private static boolean multiplexed(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "");
    return environment.containsKey("TMUX")
        || environment.containsKey("STY")
        || Stream.of("screen", "tmux").anyMatch(term::startsWith);
  }

  private static boolean kitty(Map<String, String> environment) {
    String program = environment.getOrDefault("TERM_PROGRAM", "");
    return Stream.of("xterm-kitty", "xterm-ghostty")
            .anyMatch(environment.getOrDefault("TERM", "")::equals)
        || environment.containsKey("KITTY_WINDOW_ID")
        || Stream.of("ghostty", "WezTerm").anyMatch(program::equals)
        || konsole(environment);
  }

  private static boolean sixel(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "");
    return Stream.of("foot", "mlterm", "contour").anyMatch(term::startsWith)
        || term.contains("sixel")
        || Stream.of("iTerm.app", "mintty", "WezTerm")
            .anyMatch(environment.getOrDefault("TERM_PROGRAM", "")::equals)
        || konsole(environment);
  }

  private static boolean konsole(Map<String, String> environment) {
    String version = environment.getOrDefault("KONSOLE_VERSION", "");
    return version.matches("[0-9]{6}") && Integer.parseInt(version) >= KONSOLE_WITH_PICTURES;
  }
}
