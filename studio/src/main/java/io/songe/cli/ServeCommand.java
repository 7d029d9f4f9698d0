package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.server.Access;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code songe serve}: the interfaces for programs, without the page. */
@Command(name = "serve")
final class ServeCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private ServingOptions options = new ServingOptions();

  @Option(names = "--new-user", paramLabel = "${bundle:label.name}")
  private @Nullable String newUser;

  ServeCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (newUser != null) {
      return inviteUser(newUser);
    }
    ServingOptions.Prepared prepared = options.prepare(around, false);
    return new Serving(around, prepared)
        .untilInterrupted(address -> welcome(address, prepared))
        .number();
  }

  /** The line goes where it is wanted with {@code >>}; the token is for the user alone. */
  private int inviteUser(String user) {
    String token = Access.newToken();
    around.print(Access.line(user, token));
    around.err().println(around.say(Text.TOKEN_OF_USER, user, token));
    return ExitCode.DONE.number();
  }

  private void welcome(URI address, ServingOptions.Prepared prepared) {
    around.err().println(around.say(Text.SERVER_IS_AT));
    around.print(address.toString());
    if (prepared.access().isNew()) {
      prepared
          .access()
          .token()
          .ifPresent(token -> around.err().println(around.say(Text.TOKEN_IS, token)));
    }
  }
}
