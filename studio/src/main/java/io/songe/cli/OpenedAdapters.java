package io.songe.cli;

import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.checkpoint.adapter.Lora;
import io.songe.checkpoint.adapter.TextualInversion;
import io.songe.checkpoint.adapter.WeightedLora;
import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.TextToImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** LoRAs and embeddings, opened before the model is, so that a wrong one costs no time. */
final class OpenedAdapters implements AutoCloseable {
  private final List<WeightedLora> loras = new ArrayList<>();
  private final List<TextualInversion> embeddings = new ArrayList<>();

  /**
   * Opens those that a picture was drawn with.
   *
   * @throws InvalidRequestException if one is not on its shelf
   */
  static OpenedAdapters of(Recipe recipe, Surroundings around) {
    OpenedAdapters opened = new OpenedAdapters();
    try {
      recipe.adapters().forEach(adapter -> opened.add(adapter, around));
      return opened;
    } catch (RuntimeException unusable) {
      opened.close();
      throw unusable;
    }
  }

  private void add(AppliedAdapter adapter, Surroundings around) {
    boolean lora = adapter.kind().equals(AppliedAdapter.LORA);
    AdapterShelf shelf = lora ? AdapterShelf.loras(around) : AdapterShelf.embeddings(around);
    Path file =
        shelf
            .withHash(adapter.name(), adapter.sha256())
            .orElseThrow(() ->
                new InvalidRequestException(
                    around.say(
                        Text.ADAPTER_OF_RECIPE_MISSING,
                        Printable.line(adapter.name()),
                        Printable.line(adapter.sha256()),
                        shelf.folder())));
    if (lora) {
      addLora(file, adapter.textStrength(), adapter.imageStrength());
    } else {
      addEmbedding(file);
    }
  }

  void addLora(Path file, double textStrength, double imageStrength) {
    Lora lora = Lora.open(file);
    try {
      loras.add(new WeightedLora(lora, textStrength, imageStrength));
    } catch (RuntimeException noStrength) {
      lora.close();
      throw noStrength;
    }
  }

  void addEmbedding(Path file) {
    embeddings.add(TextualInversion.open(file));
  }

  /** Changes a model by them. */
  void applyTo(TextToImage songe) {
    if (!loras.isEmpty() || !embeddings.isEmpty()) {
      songe.adapt(loras, embeddings);
    }
  }

  @Override
  public void close() {
    loras.forEach(each -> each.lora().close());
  }
}
