package io.songe.cli;

import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.models.OpenedAdapters;
import io.songe.pipeline.GenerationRequest;
import io.songe.text.syntax.ExtraNetwork;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that change the model by LoRAs and embeddings; a prompt may ask for LoRAs too. */
final class AdapterOptions {
  private static final Pattern WEIGHTED = Pattern.compile("(.+):([-+]?[0-9]*[.,]?[0-9]+)");

  @Option(names = "--lora", paramLabel = "${bundle:label.adapter}[:X]", descriptionKey = "lora")
  private List<String> loras = List.of();

  @Option(
      names = "--embedding",
      paramLabel = "${bundle:label.adapter}",
      descriptionKey = "embedding")
  private List<String> embeddings = List.of();

  /**
   * Opens all that options and prompt ask for.
   *
   * @throws InvalidRequestException if a name is unknown, or a tag of the prompt is none of a LoRA
   */
  OpenedAdapters open(GenerationRequest request, Surroundings around) {
    OpenedAdapters opened = new OpenedAdapters();
    try {
      loras.forEach(each -> addLora(each, opened, around));
      networks(request).forEach(each -> addNetwork(each, opened, around));
      Shelves shelves = new Shelves(around);
      embeddings.forEach(each -> opened.addEmbedding(shelves.embedding(each)));
      return opened;
    } catch (RuntimeException unusable) {
      opened.close();
      throw unusable;
    }
  }

  private static List<ExtraNetwork> networks(GenerationRequest request) {
    return request.reading().syntax().compose(request.prompt().positive()).networks();
  }

  private static void addLora(String text, OpenedAdapters opened, Surroundings around) {
    Shelves shelves = new Shelves(around);
    Matcher weighted = WEIGHTED.matcher(text);
    if (weighted.matches()) {
      double strength = DecimalOption.parse("--lora", weighted.group(2), around);
      opened.addLora(shelves.lora(weighted.group(1)), strength, strength);
    } else {
      opened.addLora(shelves.lora(text), 1, 1);
    }
  }

  private static void addNetwork(ExtraNetwork network, OpenedAdapters opened, Surroundings around) {
    if (!network.type().equals(AppliedAdapter.LORA)) {
      throw new InvalidRequestException(around.say(Text.UNKNOWN_NETWORK, network.toString()));
    }
    opened.addLora(
        new Shelves(around).loraOfPrompt(network.name()),
        network.textWeight(),
        network.imageWeight());
  }
}
