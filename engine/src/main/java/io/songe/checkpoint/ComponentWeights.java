package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import io.songe.format.SafetensorsFile;
import io.songe.format.ShardedSafetensors;
import io.songe.format.StoredTensor;
import io.songe.format.TensorSource;
import io.songe.nn.NamedParameters;
import io.songe.tensor.DType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The weights of one component of a model, under our names: a file or several, and which of its
 * tensors is which of ours. Owns the file's memory; tensors made from it die with it.
 */
final class ComponentWeights implements AutoCloseable {
  private final Path file;
  private final TensorSource source;
  private final SequencedMap<String, String> theirNames;

  private ComponentWeights(Path file, TensorSource source, Names names) {
    this.file = file;
    this.source = source;
    this.theirNames = new LinkedHashMap<>();
    for (String theirs : source.names()) {
      Optional<String> ours = names.ours().apply(theirs);
      if (ours.isPresent()) {
        String other = theirNames.put(ours.get(), theirs);
        if (other != null) {
          source.close();
          throw new BrokenFileException(
              file + ": " + other + " and " + theirs + " are two names of the same tensor");
        }
      }
    }
  }

  /**
   * How a family of files calls its tensors.
   *
   * @param ours our name for one of theirs; empty for a tensor that is known and not needed
   */
  record Names(Function<String, Optional<String>> ours) {
    static final Names SAME = new Names(Optional::of);
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
    for (String variant : new String[] {"", ".fp16", ".bf16"}) {
      Path whole = folder.resolve(stem + variant + ".safetensors");
      if (Files.isRegularFile(whole)) {
        return new ComponentWeights(whole, SafetensorsFile.open(whole), names);
      }
      Path index = folder.resolve(stem + ".safetensors.index" + variant + ".json");
      if (Files.isRegularFile(index)) {
        return new ComponentWeights(index, ShardedSafetensors.open(index), names);
      }
    }
    Optional<Path> pickle =
        Stream.of("pytorch_model.bin", "diffusion_pytorch_model.bin")
            .map(folder::resolve)
            .filter(Files::isRegularFile)
            .findFirst();
    if (pickle.isPresent()) {
      throw new BrokenFileException(
          pickle.get()
              + ": these weights are a pickle, which this version does not open; get the model's"
              + " .safetensors files");
    }
    throw new BrokenFileException(
        folder + ": there is no " + stem + ".safetensors; is the model complete?");
  }

  /** {@return the file, or the index of several} */
  Path file() {
    return file;
  }

  /**
   * Parameters for a network.
   *
   * @param dtype the type in which it computes
   * @return the parameters, positioned at the root
   */
  NamedParameters parameters(DType dtype) {
    return new NamedParameters(
        file.toString(),
        dtype,
        name -> {
          String theirs = theirNames.get(name);
          return theirs == null ? null : source.get(theirs).toTensor();
        });
  }

  /**
   * Refuses weights of which the network used only a part.
   *
   * @param parameters what the network was built from
   * @throws BrokenFileException naming some of the rest
   */
  void refuseUnused(NamedParameters parameters) {
    parameters.refuseUnused(theirNames.keySet());
  }

  /** {@return the stored tensors by our names} */
  Map<String, StoredTensor> stored() {
    Map<String, StoredTensor> stored = new LinkedHashMap<>();
    theirNames.forEach((ours, theirs) -> stored.put(ours, source.get(theirs)));
    return stored;
  }

  @Override
  public void close() {
    source.close();
  }
}
