package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.jobs.QueueLimits;
import io.songe.models.ModelShelf;
import io.songe.server.Access;
import io.songe.server.ServerLimits;
import io.songe.server.ServerOptions;
import io.songe.studio.StudioSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the commands that start a server. */
final class ServingOptions {
  private static final int LAST_PORT = 65_535;
  private static final int MOST_WORKERS = 16;

  @Option(names = "--host", paramLabel = "${bundle:label.address}")
  private String host = ServerOptions.LOCAL;

  @Option(names = "--port", paramLabel = "N")
  private int port = ServerOptions.USUAL_PORT;

  @Option(names = "--allow-host", paramLabel = "${bundle:label.name}")
  private List<String> allowedHosts = List.of();

  @Mixin private AccessOptions access = new AccessOptions();

  @Mixin private StudioFolderOption folder = new StudioFolderOption();

  @Option(names = "--model", paramLabel = "${bundle:label.model}", descriptionKey = "studio-model")
  private String model = ModelShelf.BUNDLED;

  @Option(names = "--workers", paramLabel = "N")
  private int workers = 1;

  @Mixin private EngineOptions engine = new EngineOptions();

  /**
   * What is to be served.
   *
   * @param settings of the studio
   * @param server its options, with a key for the user's other commands where a token is needed
   * @param access who may use it
   * @param key that key; may be empty
   */
  record Prepared(
      StudioSettings settings, ServerOptions server, AccessOptions.Chosen access, String key) {}

  /**
   * Checks the options.
   *
   * @param page whether the page is shown
   * @throws InvalidRequestException if they cannot be served
   */
  Prepared prepare(Surroundings around, boolean page) {
    if (port < 0 || port > LAST_PORT) {
      throw new InvalidRequestException(
          around.say(Text.PORT_OUT_OF_RANGE, String.valueOf(LAST_PORT), String.valueOf(port)));
    }
    if (workers < 1 || workers > MOST_WORKERS) {
      throw new InvalidRequestException(
          around.say(Text.WORKERS_OUT_OF_RANGE, MOST_WORKERS, String.valueOf(workers)));
    }
    ModelShelf models = around.models();
    if (models.named(model).isEmpty()) {
      throw UnknownName.refuse(around, Text.NO_SUCH_MODEL, model, models.names());
    }
    engine.prepare(around);
    AccessOptions.Chosen chosen = access.choose(around);
    String key = chosen.access().isRestricted() ? Access.newToken() : "";
    Access all = key.isEmpty() ? chosen.access() : chosen.access().withKey(key);
    StudioSettings settings =
        new StudioSettings(
            folder.folder(around), models.folder(), model, workers, QueueLimits.USUAL);
    ServerOptions server =
        new ServerOptions(host, port, page, all, small(allowedHosts), ServerLimits.USUAL);
    return new Prepared(settings, server, chosen, key);
  }

  private static Set<String> small(List<String> names) {
    Set<String> small = new HashSet<>();
    names.forEach(name -> small.add(name.toLowerCase(Locale.ROOT)));
    return small;
  }
}
