package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.server.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who may use a server. */
final class AccessOptions {
  private static final String VARIABLE = "SONGE_TOKEN";
  private static final String NEW = "";

  @Option(
      names = "--token",
      paramLabel = "${bundle:label.token}",
      arity = "0..1",
      fallbackValue = NEW)
  private @Nullable String token;

  @Option(names = "--token-file", paramLabel = "${bundle:label.file}")
  private @Nullable String tokenFile;

  @Option(names = "--users", paramLabel = "${bundle:label.file}")
  private @Nullable String users;

  /**
   * Who may use the server.
   *
   * @param access all of them
   * @param token that the only user needs, to be shown; empty where there is none or several
   * @param isNew whether it was made here, so that nobody knows it yet
   */
  record Chosen(Access access, Optional<String> token, boolean isNew) {}

  /**
   * {@return who may use the server}
   *
   * @throws InvalidRequestException if several options say it, or a file cannot be used
   */
  Chosen choose(Surroundings around) {
    if ((token == null ? 0 : 1) + (tokenFile == null ? 0 : 1) + (users == null ? 0 : 1) > 1) {
      throw new InvalidRequestException(around.say(Text.ONE_ACCESS));
    }
    if (users != null) {
      return new Chosen(
          Access.users(read(users, around).lines().toList(), users), Optional.empty(), false);
    }
    if (NEW.equals(token)) {
      return single(Access.newToken(), true);
    }
    if (token != null) {
      return single(token, false);
    }
    if (tokenFile != null) {
      return single(read(tokenFile, around).strip(), false);
    }
    String variable = around.environment().getOrDefault(VARIABLE, "");
    return variable.isBlank()
        ? new Chosen(Access.OPEN, Optional.empty(), false)
        : single(variable.strip(), false);
  }

  private static Chosen single(String token, boolean isNew) {
    return new Chosen(Access.token(token), Optional.of(token), isNew);
  }

  private static String read(String name, Surroundings around) {
    Path file = UserPath.of(name, around);
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new InvalidRequestException(around.say(Text.NO_TEXT_FILE, name), unreadable);
    }
  }
}
