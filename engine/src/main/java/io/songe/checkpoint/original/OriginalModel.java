package io.songe.checkpoint.original;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.unet.UNetConfig;
import io.songe.model.vae.AutoencoderKlConfig;
import io.songe.model.vae.LatentScale;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a file with original names holds: which Stable Diffusion it is, the sizes of its networks,
 * and where the tensors of each are.
 *
 * @param kind of the model
 * @param texts the text encoders, in the order in which their features are joined
 * @param unet the network that removes noise
 * @param autoencoder the network between latents and pictures
 */
public record OriginalModel(
    OriginalKind kind,
    List<Part<ClipTextConfig>> texts,
    Part<UNetConfig> unet,
    Part<AutoencoderKlConfig> autoencoder) {
  static final String UNET = "model.diffusion_model.";
  static final String AUTOENCODER = "first_stage_model.";

  /**
   * One network.
   *
   * @param config its sizes
   * @param placements where its tensors are, by our names
   */
  public record Part<C>(C config, SequencedMap<String, Placement> placements) {
    static <C> Part<C> of(C config, String prefix, SequencedMap<String, Placement> placements) {
      SequencedMap<String, Placement> whole = new LinkedHashMap<>();
      placements.forEach((ours, theirs) -> whole.put(ours, theirs.under(prefix)));
      return new Part<>(config, whole);
    }
  }

  /** A model with its list copied. */
  public OriginalModel {
    texts = List.copyOf(texts);
  }

  /**
   * Recognises a file by its tensors' names and shapes.
   *
   * @param tensors of the file
   * @return what it holds; each of its tensors is a part of that, or known and not needed
   * @throws BrokenFileException if it is no such model, or a tensor is missing or superfluous
   */
  public static OriginalModel of(OriginalTensors tensors) {
    OriginalKind kind = new OriginalDetection(tensors).kind();
    try {
      OriginalModel model = read(tensors, kind);
      model.requireComplete(tensors);
      return model;
    } catch (IllegalArgumentException impossible) {
      throw tensors.label().refused(impossible);
    }
  }

  private static OriginalModel read(OriginalTensors tensors, OriginalKind kind) {
    List<TextPrefix> prefixes = TextPrefix.of(kind, tensors);
    List<ClipTextConfig> texts =
        prefixes.stream().map(prefix -> prefix.config(tensors, kind)).toList();
    int pooledWidth =
        texts.getLast().projection() instanceof ClipTextConfig.Projection.Shared(int width)
            ? width
            : texts.getLast().width();
    String autoencoder = tensors.hasAny(AUTOENCODER) ? AUTOENCODER : "vae.";
    return of(
        kind,
        prefixes,
        texts,
        OriginalUNetConfig.read(tensors.in(UNET), kind, pooledWidth),
        OriginalAutoencoder.config(tensors.in(autoencoder), LatentScale.of(kind.latentScale())),
        autoencoder);
  }

  /**
   * Where a model is to be written, under the usual names.
   *
   * @param kind of the model
   * @param texts its text encoders
   * @param unet its U-Net
   * @param autoencoder its autoencoder
   * @return the model with its placements
   * @throws IllegalArgumentException if there are no names for a part of it
   */
  public static OriginalModel of(
      OriginalKind kind,
      List<ClipTextConfig> texts,
      UNetConfig unet,
      AutoencoderKlConfig autoencoder) {
    return of(kind, TextPrefix.usual(kind), texts, unet, autoencoder, AUTOENCODER);
  }

  private static OriginalModel of(
      OriginalKind kind,
      List<TextPrefix> prefixes,
      List<ClipTextConfig> texts,
      UNetConfig unet,
      AutoencoderKlConfig autoencoder,
      String autoencoderPrefix) {
    Stream.Builder<Part<ClipTextConfig>> parts = Stream.builder();
    for (int i = 0; i < prefixes.size(); i++) {
      TextPrefix prefix = prefixes.get(i);
      parts.add(Part.of(texts.get(i), prefix.text(), prefix.placements(texts.get(i))));
    }
    return new OriginalModel(
        kind,
        parts.build().toList(),
        Part.of(unet, UNET, OriginalUNetNames.of(unet)),
        Part.of(autoencoder, autoencoderPrefix, OriginalAutoencoder.placements(autoencoder)));
  }

  /** {@return the parts with their placements, in the order in which a phrase becomes a picture} */
  public List<Part<?>> parts() {
    return Stream.<Part<?>>concat(texts.stream(), Stream.of(unet, autoencoder)).toList();
  }

  private void requireComplete(OriginalTensors tensors) {
    Set<String> needed = new HashSet<>();
    parts().forEach(part -> part.placements().values().forEach(place -> needed.add(place.name())));
    Set<String> missing = new TreeSet<>(needed);
    missing.removeAll(tensors.names());
    if (!missing.isEmpty()) {
      throw tensors
          .label()
          .broken(
              "%s of %s %s missing%s; is the file complete? Download it again"
                  .formatted(
                      counted(missing),
                      kind.title(),
                      missing.size() == 1 ? "is" : "are",
                      some(missing)));
    }
    Set<String> unknown = new TreeSet<>(tensors.names());
    unknown.removeAll(needed);
    List<TextPrefix> prefixes = TextPrefix.of(kind, tensors);
    for (int i = 0; i < prefixes.size(); i++) {
      TextPrefix prefix = prefixes.get(i);
      ClipTextConfig config = texts.get(i).config();
      unknown.removeIf(name -> prefix.isUnneeded(name, config));
    }
    unknown.removeIf(UnneededTensors::contains);
    if (!unknown.isEmpty()) {
      throw tensors
          .label()
          .broken(
              "%s not known in %s%s; is it another kind of model?"
                  .formatted(
                      counted(unknown) + (unknown.size() == 1 ? " is" : " are"),
                      kind.title(),
                      some(unknown)));
    }
  }

  private static String counted(Set<String> names) {
    return names.size() == 1 ? "a tensor" : names.size() + " tensors";
  }

  private static String some(Set<String> names) {
    List<String> shown = names.stream().limit(5).map(FileLabel::shorten).toList();
    return (names.size() == 1 ? ", " : ", such as ") + String.join(", ", shown);
  }
}
