package io.songe.cli;

import io.songe.cli.messages.Text;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code songe studio}: the page in a browser, and the interfaces for programs. */
@Command(name = "studio")
final class StudioCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private ServingOptions options = new ServingOptions();

  @Option(names = "--open")
  private boolean open;

  StudioCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    ServingOptions.Prepared prepared = options.prepare(around, true);
    return new Serving(around, prepared)
        .untilInterrupted(address -> welcome(withToken(address, prepared)))
        .number();
  }

  /** The token goes with the address, so that a click on it is enough. */
  private static URI withToken(URI address, ServingOptions.Prepared prepared) {
    return prepared
        .access()
        .token()
        .map(token ->
            address.resolve(
                "?token="
                    + java.net.URLEncoder.encode(token, java.nio.charset.StandardCharsets.UTF_8)))
        .orElse(address);
  }

  private void welcome(URI address) {
    around.err().println(around.say(Text.STUDIO_IS_AT));
    around.print(address.toString());
    if (open && !Browser.open(address, around.environment())) {
      around.err().println(around.say(Text.NO_BROWSER));
    }
  }
}
