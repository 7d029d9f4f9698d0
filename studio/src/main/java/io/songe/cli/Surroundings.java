package io.songe.cli;

import io.songe.cli.messages.Messages;
import io.songe.cli.messages.Text;
import io.songe.cli.terminal.Terminal;
import io.songe.models.ModelShelf;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * All that a command has around it, so that a test can give it something else.
 *
 * @param out takes results: what a script wants to read
 * @param err takes everything else: progress and complaints
 * @param answer waits for a line that the user types; empty if none can come
 * @param terminal what can be shown on {@code err}; asked for only where something is shown
 * @param messages the words
 * @param environment the environment variables
 * @param home the user's folder
 * @param clock tells how long things took
 */
record Surroundings(
    PrintStream out,
    PrintStream err,
    Supplier<String> answer,
    Supplier<Terminal> terminal,
    Messages messages,
    Map<String, String> environment,
    Path home,
    InstantSource clock) {

  /** {@return the models at hand} */
  ModelShelf models() {
    return new ModelShelf(
        ModelShelf.usualFolder(environment, home, System.getProperty("os.name", "")));
  }

  /** What is said in the user's language. */
  String say(Text text, Object... values) {
    return messages.say(text, values);
  }

  /** {@return a label and a value as one line} The value may be foreign text. */
  String labelled(String label, String value) {
    return say(Text.LABELLED, label, Printable.line(value));
  }

  /** Prints a line of a result. Text of foreign files must have gone through {@link Printable}. */
  void print(String line) {
    out.print(line + "\n");
    out.flush();
  }
}
