package io.songe.checkpoint;

import io.songe.checkpoint.adapter.Adaptation;
import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.checkpoint.adapter.TextualInversion;
import io.songe.checkpoint.adapter.WeightedLora;
import io.songe.diffusion.NoisePredictor;
import io.songe.diffusion.SchedulerConfig;
import io.songe.error.BrokenFileException;
import io.songe.file.FileHash;
import io.songe.model.Autoencoder;
import io.songe.model.unet.UNetConfig;
import io.songe.model.vae.AutoencoderConfig;
import io.songe.tensor.DType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An opened model: its networks with their weights, its tokenizer and what its authors set. Owns
 * the files' memory and every tensor made from it until it is closed. May be used by several
 * threads.
 */
public final class Checkpoint implements AutoCloseable {
  private final Map<String, Companion> companions;
  private final ModelCard card;
  private final ModelFamily family;
  private List<LoadedTower> towers;
  private LoadedNetwork<UNetConfig, NoisePredictor> unet;
  private List<AppliedAdapter> adapters = List.of();
  private final LoadedNetwork<AutoencoderConfig, Autoencoder> autoencoder;
  private final Optional<SeparateAutoencoder> separate;
  private final SchedulerConfig scheduler;
  private final DType dtype;

  /** Read once: to hash a large model takes seconds, and every picture's recipe asks for it. */
  private @Nullable String weightsSha256;

  Checkpoint(
      Map<String, Companion> companions,
      ModelCard card,
      ModelFamily family,
      List<LoadedTower> towers,
      LoadedNetwork<UNetConfig, NoisePredictor> unet,
      LoadedNetwork<AutoencoderConfig, Autoencoder> autoencoder,
      SchedulerConfig scheduler,
      DType dtype) {
    this.companions = Map.copyOf(companions);
    this.card = card;
    this.family = family;
    this.towers = List.copyOf(towers);
    this.unet = unet;
    this.autoencoder = autoencoder;
    this.separate = Optional.empty();
    this.scheduler = scheduler;
    this.dtype = dtype;
  }

  /**
   * Opens a model: a folder in the published layout, as older and current versions of diffusers and
   * transformers write it, or one file with the names of the original program, a Stable Diffusion
   * 1, 2 or XL. Beside a file may be a {@code .yaml} of the same name that says what the U-Net
   * predicts, and a folder of the same name with {@code .tokenizer} for its extension, if the
   * tokenizer is not CLIP's.
   *
   * @param model a folder with {@code model_index.json}, or a file of any form that {@link
   *     io.songe.format.WeightsFile} opens; on any file system
   * @param dtype in which U-Net and autoencoder compute, FLOAT32 or BFLOAT16; text encoders always
   *     compute in FLOAT32
   * @return the model
   * @throws BrokenFileException if something is missing, garbled, of an unknown architecture, or
   *     does not fit the rest; nothing stays open
   */
  public static Checkpoint open(Path model, DType dtype) {
    return Files.isRegularFile(model)
        ? SingleFile.open(model, dtype)
        : ModelFolder.open(model, dtype);
  }

  private Checkpoint(Checkpoint model, SeparateAutoencoder separate) {
    this.companions = model.companions;
    this.card = model.card;
    this.family = model.family;
    this.towers = model.towers;
    this.unet = model.unet;
    this.autoencoder = model.autoencoder;
    this.separate = Optional.of(separate);
    this.scheduler = model.scheduler;
    this.dtype = model.dtype;
  }

  /**
   * Opens a model with another autoencoder than its own, as {@link #open(Path, DType)} does.
   *
   * @param model a folder or file
   * @param dtype in which U-Net and autoencoder compute
   * @param autoencoder a folder with {@code config.json}, a file such as {@code
   *     some.vae.safetensors} with original names or those of the folders, or the published decoder
   *     of a TAESD, beside which the model's own goes on to encode
   * @return the model
   * @throws BrokenFileException if one of the two cannot be used, or they do not fit; nothing stays
   *     open
   */
  public static Checkpoint open(Path model, DType dtype, Path autoencoder) {
    Checkpoint opened = open(model, dtype);
    try {
      SeparateAutoencoder separate =
          SeparateAutoencoder.open(
              autoencoder, opened.autoencoder.config(), opened.autoencoder.network(), dtype);
      if (separate.whole()) {
        // Its weights stay with the file that they may share with the other networks.
        opened.autoencoder.parameters().close();
      }
      return new Checkpoint(opened, separate);
    } catch (RuntimeException unusable) {
      opened.close();
      throw unusable;
    }
  }

  /** {@return what the model says of itself} */
  public ModelCard card() {
    return card;
  }

  /** {@return what must be known of it to plan a drawing} */
  public ModelOutline outline() {
    return new ModelOutline(
        card, scheduler, towers.stream().map(tower -> tower.network().config().width()).toList());
  }

  /** {@return which Stable Diffusion it is} */
  public ModelFamily family() {
    return family;
  }

  /** {@return what reads its phrases, in the order in which their features are joined} */
  public List<TextTower> textTowers() {
    return towers.stream()
        .map(tower ->
            new TextTower(tower.tokenizer(), tower.network().network(), family.hiddenLayer()))
        .toList();
  }

  /** {@return the network that removes noise} */
  public NoisePredictor unet() {
    return unet.network();
  }

  /** {@return the network between latents and pictures} */
  public Autoencoder autoencoder() {
    return pictures().network();
  }

  private LoadedNetwork<AutoencoderConfig, Autoencoder> pictures() {
    return separate.map(SeparateAutoencoder::network).orElse(autoencoder);
  }

  /** {@return how the model was trained, and the sampler its authors meant} */
  public SchedulerConfig scheduler() {
    return scheduler;
  }

  /** {@return in which type U-Net and autoencoder compute} */
  public DType dtype() {
    return dtype;
  }

  /**
   * {@return SHA-256 of the U-Net's weights, in hexadecimal digits} As the model's card says; else
   * of the file, or of the index where there are several, computed at the first call.
   *
   * @throws BrokenFileException if the file cannot be read any more
   */
  public synchronized String weightsSha256() {
    if (weightsSha256 == null) {
      weightsSha256 = card.weightsSha256().orElseGet(() -> FileHash.sha256(unet.weights().file()));
    }
    return weightsSha256;
  }

  /**
   * Looks for the reason why the networks gave numbers that are not finite: reads all weights
   * through, and compares the U-Net's with the fingerprint on the model's card. Too slow to be done
   * at every opening, and a file that was damaged on its way has no other way to show it.
   *
   * @throws BrokenFileException naming the file that is damaged, if one is
   */
  public void requireUndamaged() {
    towers.forEach(tower -> tower.network().weights().requireFinite());
    unet.weights().requireFinite();
    pictures().weights().requireFinite();
    card.weightsSha256()
        .filter(expected -> !expected.equalsIgnoreCase(FileHash.sha256(unet.weights().file())))
        .ifPresent(expected -> {
          throw unet.weights()
              .label()
              .broken(
                  "does not have the SHA-256 that %s tells; it was changed or damaged, download the model again"
                      .formatted(ModelCard.FILE));
        });
  }

  /**
   * Refuses a picture that there is not enough memory to draw.
   *
   * @param width in pixels
   * @param height in pixels
   * @throws io.songe.error.InvalidRequestException naming what is needed and what there is
   */
  public void requireMemoryFor(int width, int height) {
    MemoryNeed.requireForPicture(unet.config(), autoencoder.config(), dtype, width, height);
  }

  /**
   * {@return all of this model, to be saved while it is open} If its autoencoder was replaced, with
   * the other one, unless that only decodes.
   */
  public ModelParts parts() {
    return new ModelParts(
        card,
        family,
        scheduler,
        towers.stream().map(tower -> part(tower.network())).toList(),
        part(unet),
        part(
            separate
                .filter(SeparateAutoencoder::whole)
                .map(SeparateAutoencoder::network)
                .orElse(autoencoder)),
        companions);
  }

  private static <C> ModelParts.Network<C> part(LoadedNetwork<C, ?> network) {
    return new ModelParts.Network<>(network.config(), network.weights().stored());
  }

  /**
   * Changes the model by adapters, in place of those that it may have; by none at all it is again
   * what it was, bit by bit. Only networks whose changes are others than before are built again, of
   * the weights that lie in their files. What {@link #unet()} and {@link #textTowers()} gave before
   * has ended then: no other thread may be using the model.
   *
   * @param loras to be added, all at once; they may be closed afterwards
   * @param inversions words to be taught
   * @throws BrokenFileException if one was made for other models; nothing is changed then
   * @throws io.songe.error.InvalidRequestException if two teach the same word
   */
  public void adapt(List<WeightedLora> loras, List<TextualInversion> inversions) {
    Adaptation adaptation = Adaptation.of(AdaptedParts.of(family, unet, towers), loras, inversions);
    List<LoadedTower> changed = new ArrayList<>(towers);
    for (int i = 0; i < changed.size(); i++) {
      changed.set(i, changed.get(i).changed(adaptation.changes().get(i + 1), adaptation.words()));
      towers = List.copyOf(changed);
    }
    unet = unet.changed(adaptation.changes().getFirst(), unet.config());
    adapters = adaptation.applied();
  }

  /** {@return what it was changed by last} */
  public List<AppliedAdapter> adapters() {
    return adapters;
  }

  /** Frees the networks and what they were made from; a second call does nothing. */
  @Override
  public void close() {
    towers.forEach(tower -> tower.network().close());
    unet.close();
    separate.ifPresent(replacement -> replacement.network().close());
    autoencoder.close();
  }
}
