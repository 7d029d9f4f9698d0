package io.songe.checkpoint;

import io.songe.checkpoint.adapter.WeightChanges;
import io.songe.checkpoint.original.Placement;
import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.format.ShardedWeights;
import io.songe.format.StoredTensor;
import io.songe.format.TensorInfo;
import io.songe.format.TensorSource;
import io.songe.format.WeightsFile;
import io.songe.nn.NamedParameters;
import io.songe.tensor.DType;
import io.songe.tensor.NativeMemory;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one component of a model, under our names: a file or several, and which of its
 * tensors is which of ours. Owns the file's memory; tensors made from it die with it.
 */
final class ComponentWeights implements AutoCloseable {
  /** Of files in several precisions the fullest is taken. */
  private static final List<String> VARIANTS = List.of("", ".fp32", ".fp16", ".bf16");

  /** In the stem of every file with a pickle. */
  private static final String PICKLE_STEM = "pytorch_";

  /** As all published networks call their tensors; what else stands in a file may be an attack. */
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.]{1,200}");

  private final Path file;
  private final TensorSource source;
  private final SequencedMap<String, Placement> placements;
  private final List<StoredTensor> read = new ArrayList<>();

  private ComponentWeights(
      Path file, TensorSource source, SequencedMap<String, Placement> placements) {
    this.file = file;
    this.source = source;
    this.placements = placements;
  }

  /**
   * The weights of a component that shares a file with others.
   *
   * @param file that the source was opened from
   * @param source whose tensors these are; closed with the weights, as the others are then too
   * @param placements where each of our tensors is, by our name; all must be there
   * @return the weights
   */
  static ComponentWeights of(
      Path file, TensorSource source, SequencedMap<String, Placement> placements) {
    return new ComponentWeights(file, source, placements);
  }

  /**
   * How a family of files calls its tensors.
   *
   * @param ours our name for one of theirs; empty for a tensor that is known and not needed
   * @param theirs the name of one of ours in the files that we write
   */
  record Names(Function<String, Optional<String>> ours, UnaryOperator<String> theirs) {
    static final Names SAME = new Names(Optional::of, ours -> ours);
  }

  /**
   * Opens the weights in a component's folder.
   *
   * @param folder such as {@code unet/}
   * @param stem the file's name without variant and extension, such as {@code model}
   * @param names translates what the file calls its tensors
   * @return the weights, to be closed after the network
   * @throws BrokenFileException if there are none that can be read
   */
  static ComponentWeights open(Path folder, String stem, Names names) {
    Path file = find(folder, stem);
    TensorSource source =
        file.toString().endsWith(".json") ? ShardedWeights.open(file) : WeightsFile.open(file);
    try {
      return new ComponentWeights(file, source, translated(source, names, FileLabel.of(file)));
    } catch (RuntimeException unusable) {
      source.close();
      throw unusable;
    }
  }

  /**
   * The weights of a component that has a file for itself.
   *
   * @param file that the source was opened from
   * @param source whose tensors these are; closed with the weights
   * @param names translates what the file calls its tensors
   * @return the weights
   * @throws BrokenFileException if two names mean the same tensor
   */
  static ComponentWeights of(Path file, TensorSource source, Names names) {
    return new ComponentWeights(file, source, translated(source, names, FileLabel.of(file)));
  }

  private static Path find(Path folder, String stem) {
    String pickled = stem.contains(PICKLE_STEM) ? stem : PICKLE_STEM + stem;
    return VARIANTS.stream()
        .flatMap(variant ->
            Stream.of(
                stem + variant + ".safetensors",
                stem + ".safetensors.index" + variant + ".json",
                pickled + variant + ".bin",
                pickled + ".bin.index" + variant + ".json"))
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() ->
            FileLabel.of(folder.resolve(stem + ".safetensors"))
                .broken("there is no such file; is the model complete? Download it again"));
  }

  private static SequencedMap<String, Placement> translated(
      TensorSource source, Names names, FileLabel label) {
    requirePlainNames(source, label);
    SequencedMap<String, Placement> placements = new LinkedHashMap<>();
    for (String theirs : source.names()) {
      Optional<String> ours = names.ours().apply(theirs);
      if (ours.isPresent()) {
        Placement other = placements.put(ours.get(), Placement.whole(theirs));
        if (other != null) {
          throw label.broken(
              "%s and %s are two names of the same tensor; download it again"
                  .formatted(other.name(), theirs));
        }
      }
    }
    return placements;
  }

  /**
   * Refuses names that no network gives, before they can stand in a message.
   *
   * @throws BrokenFileException if there is one
   */
  static void requirePlainNames(TensorSource source, FileLabel label) {
    for (String theirs : source.names()) {
      if (!PLAIN_NAME.matcher(theirs).matches()) {
        throw label.broken(
            "holds a tensor of the name %s, which no network has; it is damaged or forged, download it again"
                .formatted(FileLabel.quote(theirs)));
      }
    }
  }

  /** {@return the file, or the index of several} */
  Path file() {
    return file;
  }

  /** {@return how messages call the file} */
  FileLabel label() {
    return FileLabel.of(file);
  }

  /**
   * Parameters for a network.
   *
   * @param dtype the type in which it computes
   * @param changes of the weights on their way to it
   * @return the parameters, positioned at the root
   */
  NamedParameters parameters(DType dtype, WeightChanges changes) {
    return new NamedParameters(
        label().text(),
        dtype,
        ours -> {
          Tensor stored = find(ours);
          return stored == null ? null : changes.apply(ours, stored);
        },
        this::releaseRead);
  }

  private @Nullable Tensor find(String ours) {
    Placement theirs = placements.get(ours);
    if (theirs == null) {
      return null;
    }
    TensorInfo stored = source.describe(theirs.name());
    if (!stored.dtype().isFloatingPoint()) {
      throw label()
          .broken(
              "tensor %s holds elements of type %s, which are no weights; is it another model's file?"
                  .formatted(theirs.name(), stored.dtype()));
    }
    StoredTensor tensor = theirs.read(source, label());
    read.add(tensor);
    return tensor.toTensor();
  }

  /** Gives back the memory of what was read: a network that needs it has its own copy by now. */
  private void releaseRead() {
    read.forEach(stored -> NativeMemory.releasePages(stored.data()));
    read.clear();
  }

  /**
   * Refuses weights of which the network used only a part.
   *
   * @param parameters what the network was built from
   * @throws BrokenFileException naming some of the rest
   */
  void refuseUnused(NamedParameters parameters) {
    parameters.refuseUnused(placements.keySet());
  }

  /**
   * Reads all weights through.
   *
   * @throws BrokenFileException if one is infinite or not a number
   */
  void requireFinite() {
    placements
        .values()
        .forEach(theirs -> {
          try (Scope _ = Scope.open()) {
            if (!theirs.read(source, label()).toTensor().isFinite()) {
              throw label()
                  .broken(
                      "tensor %s holds values that are infinite or not numbers; it is damaged, download it again"
                          .formatted(theirs.name()));
            }
          }
        });
  }

  /** {@return what the tensors are} */
  List<TensorInfo> described() {
    return placements.values().stream()
        .map(Placement::name)
        .distinct()
        .map(source::describe)
        .toList();
  }

  /** {@return how many numbers there are in all} */
  long elements() {
    return described().stream().mapToLong(tensor -> tensor.shape().elements()).sum();
  }

  /** {@return the stored tensors by our names} */
  Map<String, StoredTensor> stored() {
    Map<String, StoredTensor> stored = new LinkedHashMap<>();
    placements.forEach((ours, theirs) -> stored.put(ours, theirs.read(source, label())));
    return stored;
  }

  @Override
  public void close() {
    source.close();
  }
}
