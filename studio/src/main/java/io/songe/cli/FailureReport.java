package io.songe.cli;

import io.songe.cli.messages.Messages;
import io.songe.cli.messages.Text;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.models.HubUnavailableException;
import java.io.PrintWriter;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is said when a command fails, and with which code the process ends. Only a defect of Songe
 * shows a stack trace.
 */
record FailureReport(Messages messages) {
  /** Says why a command could not be carried out. */
  ExitCode failed(Throwable failure, PrintWriter err) {
    if (wasInterrupted(failure)) {
      return complain(err, ExitCode.CANCELLED, messages.say(Text.CANCELLED));
    }
    return switch (failure) {
      case InvalidRequestException mistake -> complain(err, ExitCode.MISTAKE, message(mistake));
      case BrokenFileException file -> complain(err, ExitCode.BROKEN_FILE, message(file));
      case UnwritableException output -> complain(err, ExitCode.UNWRITABLE, message(output));
      case HubUnavailableException hub -> complain(err, ExitCode.UNREACHABLE, message(hub));
      case StudioUnreachableException studio ->
          complain(err, ExitCode.UNREACHABLE, message(studio));
      default -> {
        failure.printStackTrace(err);
        err.println(messages.defect());
        yield ExitCode.DEFECT;
      }
    };
  }

  /** An interrupted thread finds the file closed that it was writing or reading. */
  private static boolean wasInterrupted(Throwable failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause ->
            cause instanceof CancellationException || cause instanceof ClosedByInterruptException);
  }

  private static String message(Throwable failure) {
    return Printable.line(String.valueOf(failure.getMessage()));
  }

  private ExitCode complain(PrintWriter err, ExitCode code, String reason) {
    err.println(messages.failed(reason));
    return code;
  }

  /** Says why the words after {@code songe} could not be understood. */
  ExitCode misunderstood(ParameterException failure, PrintWriter err) {
    complain(err, ExitCode.MISTAKE, Printable.line(misunderstanding(failure)));
    err.println(
        messages.say(Text.SEE_HELP, failure.getCommandLine().getCommandSpec().qualifiedName()));
    return ExitCode.MISTAKE;
  }

  private String misunderstanding(ParameterException failure) {
    return switch (failure) {
      case UnmatchedArgumentException unknown -> unknown(unknown);
      case MissingParameterException missing when !missing.getMissing().isEmpty() ->
          messages.say(Text.MISSING_VALUE, label(missing.getMissing().getFirst()));
      case OverwrittenOptionException twice ->
          messages.say(Text.GIVEN_TWICE, label(twice.getOverwritten()));
      default -> badValue(failure);
    };
  }

  private String unknown(UnmatchedArgumentException failure) {
    String first = failure.getUnmatched().getFirst();
    List<String> suggestions = failure.getSuggestions();
    String text =
        messages.say(
            failure.isUnknownOption() ? Text.UNKNOWN_OPTION : Text.UNKNOWN_ARGUMENT, first);
    return suggestions.isEmpty()
        ? text
        : text + messages.say(Text.DID_YOU_MEAN, suggestions.getFirst());
  }

  private String badValue(ParameterException failure) {
    ArgSpec argument = failure.getArgSpec();
    String value = failure.getValue();
    if (argument == null || value == null) {
      return String.valueOf(failure.getMessage());
    }
    Class<?> type = argument.type();
    boolean whole = type == Integer.class || type == Long.class || type == int.class;
    return whole
        ? messages.say(Text.NOT_A_WHOLE_NUMBER, label(argument), value)
        : messages.say(Text.NOT_A_VALUE, label(argument), value);
  }

  private static String label(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
