package io.songe.checkpoint;

import io.songe.format.SafetensorsFile;
import io.songe.format.SafetensorsWriter;
import io.songe.format.StoredTensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A complete Stable Diffusion of random weights as a folder and as one file with the original
 * names, written by {@code tools/golden/single_files.py}.
 *
 * @param directory that holds both
 */
public record TinyOriginal(Path directory) {
  /**
   * Unpacks a model.
   *
   * @param kind {@code sd1}, {@code sd2} or {@code xl}
   * @param directory an empty one
   * @return the model
   */
  public static TinyOriginal unpack(String kind, Path directory) {
    String name = "/golden/original/tiny-" + kind + ".zip";
    try (InputStream in =
            Objects.requireNonNull(TinyOriginal.class.getResourceAsStream(name), name);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = directory.resolve(entry.getName());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(zip, file);
      }
      return new TinyOriginal(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** {@return the model as one file} */
  public Path file() {
    return directory.resolve("model.safetensors");
  }

  /** {@return the model as a folder} */
  public Path folder() {
    return directory.resolve("folder");
  }

  /** {@return what the reference draws, to be closed} */
  public SafetensorsFile golden() {
    return SafetensorsFile.open(directory.resolve("golden.safetensors"));
  }

  /**
   * Another file beside this one, with the same tokenizer.
   *
   * @param stem its name without the extension
   * @param metadata of the file
   * @param change what becomes of each tensor
   * @return the file
   */
  public Path changed(String stem, Map<String, String> metadata, TinyModel.TensorChange change) {
    Path target = directory.resolve(stem + ".safetensors");
    try (SafetensorsFile original = SafetensorsFile.open(file())) {
      List<StoredTensor> tensors = new ArrayList<>();
      original.names().forEach(name -> tensors.addAll(change.apply(original.get(name))));
      SafetensorsWriter.write(target, tensors, metadata);
      for (String tokenizer : List.of("tokenizer", "tokenizer_2")) {
        Path own = directory.resolve("model." + tokenizer);
        if (Files.isDirectory(own)) {
          Path copy = Files.createDirectories(directory.resolve(stem + "." + tokenizer));
          for (String name : List.of("vocab.json", "merges.txt", "tokenizer_config.json")) {
            Files.copy(own.resolve(name), copy.resolve(name));
          }
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return target;
  }
}
