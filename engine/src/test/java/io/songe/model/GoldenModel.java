package io.songe.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.format.SafetensorsFile;
import io.songe.format.StoredTensor;
import io.songe.nn.NamedParameters;
import io.songe.tensor.DType;
import io.songe.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A tiny network with random weights and the numbers that the reference computes with it, written
 * by the scripts of tools/golden.
 */
public final class GoldenModel implements AutoCloseable {
  private final String folder;
  private final SafetensorsFile weights;
  private final SafetensorsFile numbers;

  private GoldenModel(String folder, SafetensorsFile weights, SafetensorsFile numbers) {
    this.folder = folder;
    this.weights = weights;
    this.numbers = numbers;
  }

  /**
   * Opens a model.
   *
   * @param folder below the resource folder {@code golden}, such as {@code "unet/sd1"}
   * @param temporary where to unpack its files
   * @return the model
   */
  public static GoldenModel open(String folder, Path temporary) {
    return new GoldenModel(
        folder,
        SafetensorsFile.open(unpack(folder, "model.safetensors", temporary)),
        SafetensorsFile.open(unpack(folder, "golden.safetensors", temporary)));
  }

  private static Path unpack(String folder, String name, Path temporary) {
    Path file = temporary.resolve(name);
    try (InputStream in = resource(folder + "/" + name + ".gz")) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return file;
  }

  private static InputStream resource(String path) throws IOException {
    return new GZIPInputStream(
        Objects.requireNonNull(GoldenModel.class.getResourceAsStream("/golden/" + path), path));
  }

  /**
   * The parameters of a published model.
   *
   * @param path below the resource folder {@code golden}
   * @return a line for each: its name and shape
   */
  public static Set<String> names(String path) {
    try (InputStream in = resource(path)) {
      return new TreeSet<>(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * A published configuration.
   *
   * @param path below the resource folder {@code golden}
   * @return its text
   */
  public static String config(String path) {
    try (InputStream in = GoldenModel.class.getResourceAsStream("/golden/" + path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** {@return the weights, to be closed by the caller} */
  public NamedParameters parameters(DType dtype) {
    return new NamedParameters(folder, dtype, this::weight);
  }

  /** {@return the weights but for one, to be closed by the caller} */
  public NamedParameters parametersWithout(String missing) {
    return new NamedParameters(
        folder, DType.FLOAT32, name -> name.equals(missing) ? null : weight(name));
  }

  private @Nullable Tensor weight(String name) {
    if (!weights.names().contains(name)) {
      return null;
    }
    return tensor(weights.get(name));
  }

  private static Tensor tensor(StoredTensor stored) {
    return Tensor.fromMemory(stored.data(), stored.dtype(), stored.shape());
  }

  /** {@return the names of all weights} */
  public Set<String> names() {
    return weights.names();
  }

  /** {@return one of the reference's inputs or outputs} */
  public Tensor number(String name) {
    return tensor(numbers.get(name));
  }

  /** {@return whether the reference has such an input or output} */
  public boolean has(String name) {
    return numbers.names().contains(name);
  }

  /** Asserts that all elements of a FLOAT32 tensor are near to those of another. */
  public static void assertWithin(double tolerance, Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.dtype()).isEqualTo(DType.FLOAT32);
    float[] a = actual.toFloats();
    float[] b = expected.toFloats();
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs(a[i] - (double) b[i]));
    }
    assertThat(worst)
        .as("largest error, with a tolerance of %s", tolerance)
        .isLessThanOrEqualTo(tolerance);
  }

  @Override
  public void close() {
    weights.close();
    numbers.close();
  }
}
