package io.songe.checkpoint;

import io.songe.diffusion.NoisePredictor;
import io.songe.diffusion.SchedulerConfig;
import io.songe.error.BrokenFileException;
import io.songe.model.Autoencoder;
import io.songe.model.TextEncoder;
import io.songe.tensor.DType;
import io.songe.text.ClipTokenizer;
import java.nio.file.Path;

/**
 * An opened model: its networks with their weights, its tokenizer and what its authors set. Owns
 * the files' memory and every tensor made from it until it is closed.
 */
public final class Checkpoint implements AutoCloseable {
  private final ModelCard card;
  private final ClipTokenizer tokenizer;
  private final LoadedNetwork<TextEncoder> textEncoder;
  private final LoadedNetwork<NoisePredictor> unet;
  private final LoadedNetwork<Autoencoder> autoencoder;
  private final SchedulerConfig scheduler;
  private final DType dtype;

  private Checkpoint(
      ModelCard card,
      ClipTokenizer tokenizer,
      LoadedNetwork<TextEncoder> textEncoder,
      LoadedNetwork<NoisePredictor> unet,
      LoadedNetwork<Autoencoder> autoencoder,
      SchedulerConfig scheduler,
      DType dtype) {
    this.card = card;
    this.tokenizer = tokenizer;
    this.textEncoder = textEncoder;
    this.unet = unet;
    this.autoencoder = autoencoder;
    this.scheduler = scheduler;
    this.dtype = dtype;
  }

  /**
   * Opens a model in the published folder layout.
   *
   * @param folder with {@code model_index.json}, on any file system
   * @param dtype in which U-Net and autoencoder compute, FLOAT32 or BFLOAT16; the text encoder
   *     always computes in FLOAT32
   * @return the model
   * @throws BrokenFileException if something is missing, garbled, of an unknown architecture, or
   *     does not fit the rest
   */
  public static Checkpoint open(Path folder, DType dtype) {
    return ModelFolder.open(folder, dtype);
  }

  /** Closes what was opened when the rest fails. */
  static Checkpoint assemble(
      ModelCard card,
      ClipTokenizer tokenizer,
      LoadedNetwork<TextEncoder> textEncoder,
      LoadedNetwork<NoisePredictor> unet,
      LoadedNetwork<Autoencoder> autoencoder,
      SchedulerConfig scheduler,
      DType dtype) {
    return new Checkpoint(card, tokenizer, textEncoder, unet, autoencoder, scheduler, dtype);
  }

  /** {@return what the model says of itself} */
  public ModelCard card() {
    return card;
  }

  /** {@return the tokenizer of its phrases} */
  public ClipTokenizer tokenizer() {
    return tokenizer;
  }

  /** {@return the network that reads phrases} */
  public TextEncoder textEncoder() {
    return textEncoder.network();
  }

  /** {@return the network that removes noise} */
  public NoisePredictor unet() {
    return unet.network();
  }

  /** {@return the network between latents and pictures} */
  public Autoencoder autoencoder() {
    return autoencoder.network();
  }

  /** {@return how the model was trained, and the sampler its authors meant} */
  public SchedulerConfig scheduler() {
    return scheduler;
  }

  /** {@return in which type U-Net and autoencoder compute} */
  public DType dtype() {
    return dtype;
  }

  /** {@return SHA-256 of the U-Net's weights file, in hexadecimal digits; read once if need be} */
  public String weightsSha256() {
    return card.weightsSha256().orElseGet(() -> FileHash.sha256(unet.file()));
  }

  @Override
  public void close() {
    textEncoder.close();
    unet.close();
    autoencoder.close();
  }
}
