package io.songe.nn;

import io.songe.error.BrokenFileException;
import io.songe.tensor.AffineMap;
import io.songe.tensor.Convolution;
import io.songe.tensor.DType;
import io.songe.tensor.DoublingConvolution;
import io.songe.tensor.GatedMap;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.tensor.TensorOwner;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parameters found by name in a source, such as a file, converted to the network's type and layout
 * as they are asked for. Remembers which names were used, so that loading can be strict about the
 * ones that were not.
 */
public final class NamedParameters implements Parameters, AutoCloseable {
  private final String origin;
  private final String path;
  private final DType dtype;
  private final Function<String, @Nullable Tensor> source;
  private final Runnable afterReading;
  private final Map<String, Shape> used;
  private final TensorOwner owner;

  private NamedParameters(
      String origin,
      String path,
      DType dtype,
      Function<String, @Nullable Tensor> source,
      Runnable afterReading,
      Map<String, Shape> used,
      TensorOwner owner) {
    this.origin = origin;
    this.path = path;
    this.dtype = dtype;
    this.source = source;
    this.afterReading = afterReading;
    this.used = used;
    this.owner = owner;
  }

  /**
   * Parameters at the root of a source.
   *
   * @param origin what to call the source in messages, such as a file name
   * @param dtype the type in which the network computes
   * @param source finds a tensor by its whole name, or null where there is none
   */
  public NamedParameters(String origin, DType dtype, Function<String, @Nullable Tensor> source) {
    this(origin, dtype, source, () -> {});
  }

  /**
   * Parameters at the root of a source that wants to know when its tensors were converted.
   *
   * @param origin what to call the source in messages, such as a file name
   * @param dtype the type in which the network computes
   * @param source finds a tensor by its whole name, or null where there is none
   * @param afterReading runs whenever the tensors that were found are not needed at once any more;
   *     their memory must stay what it is, since some are used as they are
   */
  public NamedParameters(
      String origin,
      DType dtype,
      Function<String, @Nullable Tensor> source,
      Runnable afterReading) {
    this(origin, "", dtype, source, afterReading, new HashMap<>(), new TensorOwner());
  }

  @Override
  public NamedParameters in(String block) {
    return new NamedParameters(
        origin, path + block + ".", dtype, source, afterReading, used, owner);
  }

  @Override
  public Tensor get(String name, Shape expected) {
    return own(() -> find(name, expected).to(dtype));
  }

  @Override
  public Tensor exact(String name, Shape expected) {
    return own(() -> find(name, expected).to(DType.FLOAT32));
  }

  @Override
  public Tensor table(String name, Shape expected) {
    return own(() -> find(name, expected));
  }

  @Override
  public Convolution convolution(
      Shape weight, boolean bias, int stride, int padding, DType computed) {
    return read(() ->
        Convolution.packed(
            find("weight", weight).to(computed),
            bias ? find("bias", Shape.of(weight.dim(0))).to(computed) : null,
            stride,
            padding,
            owner));
  }

  @Override
  public DoublingConvolution doublingConvolution(Shape weight) {
    return read(() ->
        DoublingConvolution.packed(
            find("weight", weight).to(dtype),
            find("bias", Shape.of(weight.dim(0))).to(dtype),
            owner));
  }

  @Override
  public AffineMap affineMap(List<String> layers, Shape weight, boolean bias) {
    return read(() -> {
      long out = weight.dim(0);
      Tensor weights = joined(layers, "weight", weight).reshape(layers.size() * out, weight.dim(1));
      return AffineMap.packed(weights, bias ? joined(layers, "bias", Shape.of(out)) : null, owner);
    });
  }

  @Override
  public GatedMap gatedMap(Shape weight) {
    return read(() ->
        GatedMap.packed(
            find("weight", weight).to(dtype),
            find("bias", Shape.of(weight.dim(0))).to(dtype),
            owner));
  }

  private Tensor joined(List<String> layers, String tensor, Shape each) {
    List<Tensor> parts =
        layers.stream()
            .map(layer -> find(layer.isEmpty() ? tensor : layer + "." + tensor, each).to(dtype))
            .toList();
    return parts.size() == 1 ? parts.getFirst() : Tensor.concat(parts, 0);
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  private Tensor find(String name, Shape expected) {
    String whole = path + name;
    Tensor found = source.apply(whole);
    if (found == null) {
      throw new BrokenFileException(
          origin + ": there is no tensor " + whole + "; is it another model's file?");
    }
    if (!found.shape().equals(expected)) {
      throw new BrokenFileException(
          origin
              + ": tensor "
              + whole
              + " is "
              + found.shape()
              + " but this config needs "
              + expected
              + "; is it another model's file?");
    }
    used.put(whole, expected);
    return found;
  }

  /**
   * {@return the tensors that were asked for from any position, by whole name, and their shapes}
   */
  public Map<String, Shape> used() {
    return Collections.unmodifiableMap(used);
  }

  private Tensor own(Supplier<Tensor> made) {
    return read(() -> owner.own(made.get()));
  }

  private <T> T read(Supplier<T> made) {
    try (Scope _ = Scope.open()) {
      return made.get();
    } finally {
      afterReading.run();
    }
  }

  /**
   * Refuses a source that holds more than the network asked for.
   *
   * @param names every name in the source
   * @throws BrokenFileException naming up to five that were not used
   */
  public void refuseUnused(Collection<String> names) {
    Set<String> unused = new TreeSet<>(names);
    unused.removeAll(used.keySet());
    if (!unused.isEmpty()) {
      throw new BrokenFileException(
          origin
              + ": "
              + (unused.size() == 1
                  ? "a tensor does not belong to this config, "
                  : unused.size() + " tensors do not belong to this config, such as ")
              + String.join(", ", unused.stream().limit(5).toList())
              + "; is it another model's file?");
    }
  }

  /** Frees every tensor that was handed out, from this position or any other. */
  @Override
  public void close() {
    owner.close();
  }
}
