package io.songe.cli;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The user's web browser. */
final class Browser {
  private Browser() {}

  /**
   * {@return whether a page was handed to the browser}
   *
   * @param environment where {@code BROWSER} may name a program to use
   */
  static boolean open(URI page, Map<String, String> environment) {
    try {
      new ProcessBuilder(command(page.toString(), environment))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  private static List<String> command(String page, Map<String, String> environment) {
    String wanted = environment.getOrDefault("BROWSER", "");
    if (!wanted.isBlank()) {
      return List.of(wanted, page);
    }
    return switch (System.getProperty("os.name", "").toLowerCase(Locale.ROOT)) {
      case String name when name.startsWith("mac") -> List.of("open", page);
      case String name when name.startsWith("windows") ->
          List.of("rundll32", "url.dll,FileProtocolHandler", page);
      default -> List.of("xdg-open", page);
    };
  }
}
