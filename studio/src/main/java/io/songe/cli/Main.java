package io.songe.cli;

import io.songe.cli.messages.Messages;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code songe}. Its exit codes: 0 when all went well, 1 when a file could not be used
 * or Songe itself failed, 2 when what was asked cannot be done.
 */
@Command(name = "songe", mixinStandardHelpOptions = true, versionProvider = Version.class)
public final class Main implements Runnable {
  private static final int FAILED = 1;
  private static final int MISTAKE = 2;

  /** What the Java virtual machine puts in place of a byte that its locale cannot read. */
  private static final char UNREADABLE = '\uFFFD';

  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    Messages messages = Messages.of(System.getenv(), Locale.getDefault());
    System.exit(run(messages, System.out, System.err, arguments));
  }

  /** The exit code of a command, whose output goes to two streams. */
  static int run(Messages messages, PrintStream out, PrintStream err, String... arguments) {
    if (Stream.of(arguments).anyMatch(argument -> argument.indexOf(UNREADABLE) >= 0)) {
      err.println(messages.failed(messages.unreadableArguments()));
      return MISTAKE;
    }
    return commandLine(messages)
        .setOut(new PrintWriter(out, true, out.charset()))
        .setErr(new PrintWriter(err, true, err.charset()))
        .execute(arguments);
  }

  /** The root command with all others. */
  static CommandLine commandLine(Messages messages) {
    return new CommandLine(new Main())
        .setResourceBundle(messages.bundle())
        .setExecutionExceptionHandler((failure, command, _) -> report(failure, command, messages));
  }

  private static int report(Exception failure, CommandLine command, Messages messages) {
    PrintWriter err = command.getErr();
    return switch (failure) {
      case InvalidRequestException mistake -> {
        err.println(messages.failed(String.valueOf(mistake.getMessage())));
        yield MISTAKE;
      }
      case BrokenFileException file -> {
        err.println(messages.failed(String.valueOf(file.getMessage())));
        yield FAILED;
      }
      default -> {
        failure.printStackTrace(err);
        err.println(messages.defect());
        yield FAILED;
      }
    };
  }

  /** Without a command, says which there are. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
