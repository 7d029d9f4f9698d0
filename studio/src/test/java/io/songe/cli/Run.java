package io.songe.cli;

import io.songe.cli.messages.Messages;
import io.songe.cli.terminal.ColourDepth;
import io.songe.cli.terminal.PreviewStyle;
import io.songe.cli.terminal.Terminal;
import io.songe.cli.terminal.Window;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a run of the real command left: its exit code and what it printed. It runs in this process,
 * with streams, environment, home and terminal of its own.
 */
record Run(int code, String out, String err) {
  /** {@return the lines of standard output} */
  List<String> lines() {
    return out.lines().toList();
  }

  /** Runs a command in English, not on a terminal. */
  static Run songe(String... arguments) {
    return new Setting().run(arguments);
  }

  /** What is around a command. */
  static final class Setting {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private InstantSource clock = InstantSource.system();
    private Locale locale = Locale.ENGLISH;
    private String answer = "";
    private Path home = Path.of("nowhere at all");
    private Terminal terminal = new Terminal(false, Window.USUAL, ColourDepth.NONE, true, Set.of());

    Setting in(Locale language) {
      locale = language;
      return this;
    }

    Setting with(String variable, Object value) {
      environment.put(variable, value.toString());
      return this;
    }

    Setting home(Path folder) {
      home = folder;
      return this;
    }

    Setting answering(String line) {
      answer = line;
      return this;
    }

    Setting clock(InstantSource source) {
      clock = source;
      return this;
    }

    Setting onTerminal(PreviewStyle... previews) {
      terminal = new Terminal(true, Window.USUAL, ColourDepth.TRUE, true, Set.of(previews));
      return this;
    }

    Surroundings surroundings() {
      return new Surroundings(
          utf8(out),
          utf8(err),
          () -> answer,
          () -> terminal,
          Messages.in(locale),
          environment,
          home,
          clock);
    }

    /** {@return what was printed on standard error} */
    String errors() {
      return err.toString(StandardCharsets.UTF_8);
    }

    Run run(String... arguments) {
      int code = Main.run(surroundings(), arguments);
      return new Run(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream utf8(ByteArrayOutputStream bytes) {
      return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
  }
}
