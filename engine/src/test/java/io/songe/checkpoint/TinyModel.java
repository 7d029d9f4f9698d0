package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.format.SafetensorsFile;
import io.songe.format.SafetensorsWriter;
import io.songe.format.StoredTensor;
import io.songe.tensor.DType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A complete Stable Diffusion of random weights, written by tools/golden/tiny_model.py, and ways to
 * change a copy of it.
 *
 * @param folder the model's
 */
public record TinyModel(Path folder) {
  private static final String RESOURCES = "/golden/tiny/";
  private static final String FAMILIES = "/golden/families/";

  /** {@return the model itself, not to be changed} */
  public static TinyModel original() {
    return new TinyModel(resource("model"));
  }

  /** {@return what the reference draws with it, to be closed} */
  public static SafetensorsFile golden() {
    return SafetensorsFile.open(resource("golden.safetensors"));
  }

  /** {@return other pictures of the reference, to be closed} */
  public static SafetensorsFile golden(String name) {
    return SafetensorsFile.open(resource(name + ".safetensors"));
  }

  /**
   * {@return a model of another family, written by tools/golden/families.py, not to be changed}
   *
   * @param name of the family there; {@code sd1} is this model itself
   */
  public static TinyModel family(String name) {
    return name.equals("sd1") ? original() : new TinyModel(found(FAMILIES + name + "/model"));
  }

  /** {@return what the reference draws with a model of a family, to be closed} */
  public static SafetensorsFile familyGolden(String name) {
    return SafetensorsFile.open(found(FAMILIES + name + "/golden.safetensors"));
  }

  /** {@return what the reference makes of a picture with several families} */
  public static SafetensorsFile familyEdits() {
    return SafetensorsFile.open(found(FAMILIES + "edits.safetensors"));
  }

  /** {@return a file beside the model, by its name in the resources' folder} */
  public static Path resource(String name) {
    return found(RESOURCES + name);
  }

  private static Path found(String resource) {
    try {
      return Path.of(
          Objects.requireNonNull(TinyModel.class.getResource(resource), resource).toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /**
   * A copy of the model.
   *
   * @param target a folder that does not exist
   * @return the copy
   */
  public static TinyModel copyTo(Path target) {
    return original().copy(target);
  }

  /**
   * A copy of this model.
   *
   * @param target a folder that does not exist
   * @return the copy
   */
  public TinyModel copy(Path target) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path from : all.toList()) {
        Files.copy(from, target.resolve(folder.relativize(from).toString()));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new TinyModel(target);
  }

  /** {@return a file of the model, by its name in the folder} */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Changes a text file, in which what is to be changed must be. */
  public void edit(String name, String from, String to) {
    change(name, text -> text.replace(from, to));
  }

  /** Changes a text file; it must be another then. */
  public void change(String name, UnaryOperator<String> change) {
    try {
      String before = Files.readString(file(name));
      String after = change.apply(before);
      assertThat(after).isNotEqualTo(before);
      Files.writeString(file(name), after);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Removes a file. */
  public void delete(String name) {
    try {
      Files.delete(file(name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Replaces a file, which need not be there, by a copy of another. */
  public void replace(String name, Path by) {
    try {
      Files.copy(by, file(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Moves a file. */
  public void rename(String from, String to) {
    try {
      Files.move(file(from), file(to));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Changes the tensors of a safetensors file, each to any number of others. */
  public void changeTensors(String name, TensorChange change) {
    Path changed = file(name + ".changed");
    try (SafetensorsFile weights = SafetensorsFile.open(file(name))) {
      List<StoredTensor> tensors = new ArrayList<>();
      weights.names().forEach(tensor -> tensors.addAll(change.apply(weights.get(tensor))));
      SafetensorsWriter.write(changed, tensors, Map.of("format", "pt"));
    }
    delete(name);
    rename(name + ".changed", name);
  }

  /** {@return a FLOAT32 tensor of a name and a shape, with one value everywhere} */
  public static StoredTensor filled(StoredTensor like, float value) {
    float[] values = new float[Math.toIntExact(like.shape().elements())];
    Arrays.fill(values, value);
    return new StoredTensor(
        like.name(), DType.FLOAT32, like.shape(), MemorySegment.ofArray(values));
  }

  /** What becomes of a tensor. */
  @FunctionalInterface
  public interface TensorChange {
    List<StoredTensor> apply(StoredTensor tensor);
  }
}
