package io.songe.cli;

import io.songe.cli.messages.Text;

/** The exit codes of every command: the one table, from which the help is written too. */
enum ExitCode {
  /** All went well. */
  DONE(0, Text.EXIT_DONE),
  /** The launcher found no JDK or could not build: nothing of what is here has run. */
  NOT_STARTED(1, Text.EXIT_NOT_STARTED),
  /** What was asked cannot be done; nothing was done. */
  MISTAKE(2, Text.EXIT_MISTAKE),
  /** A file or a model cannot be used. */
  BROKEN_FILE(3, Text.EXIT_BROKEN_FILE),
  /** A picture cannot be written. */
  UNWRITABLE(4, Text.EXIT_UNWRITABLE),
  /** Songe itself failed: the only code that comes with a stack trace. */
  DEFECT(5, Text.EXIT_DEFECT),
  /** A check has a bad result: a picture made again is another, or something is wrong here. */
  CHECK_FAILED(6, Text.EXIT_CHECK_FAILED),
  /** A server cannot be reached, or broke off; trying again later may help. */
  UNREACHABLE(7, Text.EXIT_UNREACHABLE),
  /** Interrupted by Ctrl-C: 128 and the signal's number, as for every program. */
  CANCELLED(130, Text.EXIT_CANCELLED);

  private final int number;
  private final Text meaning;

  ExitCode(int number, Text meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** {@return the code that the process ends with} */
  int number() {
    return number;
  }

  /** {@return what it means, as the help says it} */
  Text meaning() {
    return meaning;
  }
}
