package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.cli.terminal.ProgressBar;
import io.songe.error.InvalidRequestException;
import io.songe.models.Hub;
import io.songe.models.HubId;
import io.songe.models.ModelPull;
import io.songe.models.ModelRecord;
import io.songe.models.ModelsFolder;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe models pull}: fetches a model from a hub, once its licence is agreed to. */
@Command(name = "pull", sortOptions = false)
final class ModelsPullCommand implements Callable<Integer> {
  private static final double MILLION = 1e6;

  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.hubModel}", descriptionKey = "model")
  private String model = "";

  @Option(names = "--name", paramLabel = "${bundle:label.name}", descriptionKey = "keptAs")
  private @Nullable String name;

  @Option(names = "--revision", paramLabel = "${bundle:label.name}")
  private String revision = "main";

  @Option(names = "--variant", paramLabel = "fp32|fp16|bf16")
  private String variant = "";

  @Option(names = "--file", paramLabel = "${bundle:label.path}")
  private String file = "";

  @Option(names = "--accept-licence")
  private boolean acceptsLicence;

  ModelsPullCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    HubId id = HubId.parse(model);
    ModelsFolder folder = new ModelsFolder(around.models().folder());
    try (Hub hub = new Hub(endpoint(), variable("HF_TOKEN"))) {
      ModelPull pull = new ModelPull(hub, folder);
      ModelPull.Offer offer =
          pull.offer(new ModelPull.Wish(id, revision, variant, file, keptAs(id)));
      show(offer);
      requireAgreement(offer);
      ModelRecord record = fetch(pull, offer);
      around.print(around.say(Text.MODEL_ADDED, Printable.line(record.name())));
      RecordDescription.lines(record, around).forEach(around::print);
    }
    return ExitCode.DONE.number();
  }

  /** Without a name of its own, a model is kept under the name that its authors gave. */
  private String keptAs(HubId id) {
    if (name != null) {
      return name;
    }
    return file.isEmpty() ? id.name() : file.substring(file.lastIndexOf('/') + 1);
  }

  private URI endpoint() {
    Optional<String> wanted = variable("SONGE_HUB").or(() -> variable("HF_ENDPOINT"));
    try {
      return wanted.map(URI::create).orElse(Hub.USUAL);
    } catch (IllegalArgumentException garbled) {
      throw new InvalidRequestException(around.say(Text.NO_ADDRESS, wanted.orElseThrow()), garbled);
    }
  }

  private Optional<String> variable(String variable) {
    return Stream.of(around.environment().getOrDefault(variable, ""))
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  private void show(ModelPull.Offer offer) {
    say(
        around.say(
            Text.OFFERED, offer.model().id(), offer.files().size(), offer.bytes() / MILLION));
    say(
        around.labelled(
            around.say(Text.LABEL_LICENCE),
            offer.model().licence().orElse(around.say(Text.UNKNOWN))));
    say(around.say(Text.LICENCE_PAGE, offer.model().page()));
  }

  private void say(String line) {
    around.err().println(Printable.line(line));
  }

  private void requireAgreement(ModelPull.Offer offer) {
    if (acceptsLicence) {
      return;
    }
    if (!around.terminal().get().interactive()) {
      throw new InvalidRequestException(around.say(Text.LICENCE_NOT_ASKED));
    }
    around.err().print(around.say(Text.LICENCE_QUESTION) + " ");
    around.err().flush();
    String answer = around.answer().get().strip();
    if (!answer.equalsIgnoreCase(around.say(Text.YES))
        && !answer.equalsIgnoreCase(around.say(Text.YES).substring(0, 1))) {
      throw new InvalidRequestException(around.say(Text.LICENCE_NOT_ACCEPTED, offer.model().id()));
    }
  }

  private ModelRecord fetch(ModelPull pull, ModelPull.Offer offer) {
    try (ProgressBar bar =
        new ProgressBar(around.err(), around.terminal().get(), around.messages(), around.clock())) {
      int total = megabytes(offer.bytes());
      bar.begin(around.say(Text.FETCHING, offer.model().id()), total);
      return pull.fetch(offer, received -> bar.step(megabytes(received.bytes())));
    }
  }

  /** The bar counts whole megabytes. */
  private static int megabytes(long bytes) {
    return Math.toIntExact(bytes / (long) MILLION);
  }
}
