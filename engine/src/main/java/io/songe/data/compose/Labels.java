package io.songe.data.compose;

import java.util.regex.Pattern;

/** Labels as a person would type them. */
final class Labels {
  private static final Pattern IN_BRACKETS = Pattern.compile("\\s*\\([^)]*\\)");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private Labels() {}

  /**
   * A label with straight apostrophes and single spaces, without what stands in brackets (unless
   * that is all).
   */
  static String cleaned(String label) {
    String text = SPACES.matcher(label.replace('\u2019', '\'')).replaceAll(" ").strip();
    String open = IN_BRACKETS.matcher(text).replaceAll("").strip();
    return open.isEmpty() ? text : open;
  }
}
