package io.songe.models;

import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.checkpoint.adapter.Lora;
import io.songe.checkpoint.adapter.TextualInversion;
import io.songe.checkpoint.adapter.WeightedLora;
import io.songe.pipeline.TextToImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** LoRAs and embeddings, opened before the model is, so that a wrong one costs no time. */
public final class OpenedAdapters implements AutoCloseable {
  private final List<WeightedLora> loras = new ArrayList<>();
  private final List<TextualInversion> embeddings = new ArrayList<>();

  /**
   * Opens those that a picture was drawn with.
   *
   * @param adapters of its recipe
   * @param finder finds their files, or throws
   * @return the adapters, to be closed
   */
  public static OpenedAdapters of(
      List<AppliedAdapter> adapters, Function<AppliedAdapter, Path> finder) {
    OpenedAdapters opened = new OpenedAdapters();
    try {
      adapters.forEach(adapter -> opened.add(adapter, finder.apply(adapter)));
      return opened;
    } catch (RuntimeException unusable) {
      opened.close();
      throw unusable;
    }
  }

  /** {@return whether there are none} */
  public boolean isEmpty() {
    return loras.isEmpty() && embeddings.isEmpty();
  }

  private void add(AppliedAdapter adapter, Path file) {
    if (adapter.kind().equals(AppliedAdapter.LORA)) {
      addLora(file, adapter.textStrength(), adapter.imageStrength());
    } else {
      addEmbedding(file);
    }
  }

  /**
   * Opens a LoRA.
   *
   * @param file its file
   * @param textStrength for the text encoders
   * @param imageStrength for the U-Net
   */
  public void addLora(Path file, double textStrength, double imageStrength) {
    Lora lora = Lora.open(file);
    try {
      loras.add(new WeightedLora(lora, textStrength, imageStrength));
    } catch (RuntimeException noStrength) {
      lora.close();
      throw noStrength;
    }
  }

  /**
   * Opens an embedding.
   *
   * @param file its file
   */
  public void addEmbedding(Path file) {
    embeddings.add(TextualInversion.open(file));
  }

  /**
   * Opens an embedding, and leaves it out if it was made for other models.
   *
   * @param file its file
   * @param textWidths of the model, as {@link io.songe.checkpoint.ModelOutline} tells them
   */
  public void addFittingEmbedding(Path file, List<Integer> textWidths) {
    TextualInversion embedding = TextualInversion.open(file);
    if (embedding.fits(textWidths)) {
      embeddings.add(embedding);
    }
  }

  /** {@return the adapters as recipes store them, LoRAs first} */
  public List<AppliedAdapter> described() {
    return Stream.concat(
            loras.stream().map(AppliedAdapter::of), embeddings.stream().map(AppliedAdapter::of))
        .toList();
  }

  /**
   * Changes a model by them, in place of those that it may have.
   *
   * @param songe the opened model
   */
  public void applyTo(TextToImage songe) {
    songe.adapt(loras, embeddings);
  }

  @Override
  public void close() {
    loras.forEach(each -> each.lora().close());
  }
}
