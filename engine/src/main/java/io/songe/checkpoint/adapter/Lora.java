package io.songe.checkpoint.adapter;

import io.songe.checkpoint.adapter.LoraKey.Role;
import io.songe.error.BrokenFileException;
import io.songe.file.FileHash;
import io.songe.file.FileLabel;
import io.songe.format.StoredTensor;
import io.songe.format.TensorSource;
import io.songe.format.WeightsFile;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An opened LoRA: small changes of a model's weights, each the product of two thin matrices. Hu et
 * al. 2021; for convolutions LoCon, Yeh et al. 2023. Known are the names that kohya's scripts,
 * diffusers, PEFT and LyCORIS write. What the names mean depends on the model, so a LoRA is
 * compared with one only when it is applied.
 *
 * <p>Owns the file's memory until it is closed. May be used by several threads, its closing apart.
 */
public final class Lora implements AutoCloseable {
  private final Path file;
  private final TensorSource source;
  private final SequencedMap<String, LoraModule> modules;
  private @Nullable String sha256;

  private Lora(Path file, TensorSource source) {
    this.file = file;
    this.source = source;
    this.modules = modules(file, source);
  }

  /**
   * Opens a LoRA and checks that it is whole.
   *
   * @param file of any form that {@link WeightsFile} opens
   * @return the LoRA, to be closed; a model to which it was applied does not need it any more
   * @throws BrokenFileException if it cannot be read, is of a kind that is not applied, such as
   *     LoHa, LoKr or DoRA, or holds a tensor that is of no LoRA
   */
  public static Lora open(Path file) {
    TensorSource source = WeightsFile.open(file);
    try (Scope _ = Scope.open()) {
      return new Lora(file, source);
    } catch (RuntimeException unusable) {
      source.close();
      throw unusable;
    }
  }

  private static SequencedMap<String, LoraModule> modules(Path file, TensorSource source) {
    FileLabel label = FileLabel.of(file);
    requireKnown(source, label);
    SequencedMap<String, Map<Role, String>> tensors = new LinkedHashMap<>();
    for (String name : source.names()) {
      LoraKey key = LoraKey.parse(name).orElseThrow();
      String other =
          tensors
              .computeIfAbsent(key.module(), _ -> new EnumMap<>(Role.class))
              .put(key.role(), name);
      if (other != null) {
        throw label.broken(
            "%s and %s are two names of the same tensor; it holds several LoRAs, or is damaged"
                .formatted(FileLabel.shorten(other), FileLabel.shorten(name)));
      }
    }
    LoraAlphas alphas = LoraAlphas.read(file, source.metadata());
    SequencedMap<String, LoraModule> modules = new LinkedHashMap<>();
    tensors.forEach(
        (module, names) -> modules.put(module, module(module, names, source, alphas, label)));
    return modules;
  }

  private static void requireKnown(TensorSource source, FileLabel label) {
    for (String name : source.names()) {
      Optional<String> kind = LoraKey.refusedKind(name);
      if (kind.isPresent()) {
        throw label.broken(
            "holds %s (%s), a kind of adapter that this version does not apply; LoRA and LoCon are"
                .formatted(kind.get(), FileLabel.shorten(name)));
      }
    }
    Set<String> unknown = new TreeSet<>(source.names());
    unknown.removeIf(name -> LoraKey.parse(name).isPresent());
    if (!unknown.isEmpty()) {
      throw label.broken(
          "%s of its %d tensors %s of no LoRA, such as %s; is it another kind of file?"
              .formatted(
                  unknown.size(),
                  source.names().size(),
                  unknown.size() == 1 ? "is" : "are",
                  String.join(", ", some(unknown))));
    }
    if (source.names().isEmpty()) {
      throw label.broken("holds no tensors; download it again");
    }
  }

  private static LoraModule module(
      String module,
      Map<Role, String> names,
      TensorSource source,
      LoraAlphas alphas,
      FileLabel label) {
    String downName = names.get(Role.DOWN);
    String upName = names.get(Role.UP);
    if (downName == null || upName == null) {
      throw label.broken(
          "lacks the down or the up of %s; is the file complete? Download it again"
              .formatted(FileLabel.shorten(module)));
    }
    StoredTensor down = source.get(downName);
    if (down.shape().rank() == 0 || down.shape().dim(0) == 0) {
      throw label.broken(
          "%s is %s, which has no rank; the file is damaged, download it again"
              .formatted(FileLabel.shorten(down.name()), down.shape()));
    }
    int rank = Math.toIntExact(down.shape().dim(0));
    String alphaName = names.get(Role.ALPHA);
    double scale =
        alphaName == null
            ? alphas.scale(module, rank)
            : number(source.get(alphaName), label) / rank;
    return LoraModule.checked(
        new LoraModule(
            module,
            down,
            source.get(upName),
            Optional.ofNullable(names.get(Role.MIDDLE)).map(source::get),
            scale),
        label);
  }

  private static double number(StoredTensor stored, FileLabel label) {
    if (stored.shape().elements() != 1) {
      throw label.broken(
          "%s is %s and not one number; the file is damaged, download it again"
              .formatted(FileLabel.shorten(stored.name()), stored.shape()));
    }
    Tensor number = stored.toTensor().to(DType.FLOAT32);
    return number.reshape(1).toFloats()[0];
  }

  static List<String> some(Set<String> names) {
    return names.stream().limit(5).map(FileLabel::shorten).toList();
  }

  /** {@return what it is asked for by: the file's name without its extension} */
  public String name() {
    return AdapterFile.stem(file);
  }

  /** {@return how messages call the file} */
  FileLabel label() {
    return FileLabel.of(file);
  }

  /**
   * {@return SHA-256 of the file, in hexadecimal digits}
   *
   * @throws BrokenFileException if it cannot be read any more
   */
  public synchronized String sha256() {
    if (sha256 == null) {
      sha256 = FileHash.sha256(file);
    }
    return sha256;
  }

  /** {@return what is added to each layer, by the file's name of the layer} */
  SequencedMap<String, LoraModule> modules() {
    return modules;
  }

  /** {@return for which models it was made, as far as it shows} */
  Optional<String> madeFor() {
    List<String> said = new ArrayList<>();
    Map<String, String> metadata = new TreeMap<>(source.metadata());
    for (String key : List.of("modelspec.architecture", "ss_base_model_version")) {
      said.add(metadata.getOrDefault(key, ""));
    }
    return LoraOrigin.guess(said, modules);
  }

  /** Frees the file; a second call does nothing. */
  @Override
  public void close() {
    source.close();
  }
}
