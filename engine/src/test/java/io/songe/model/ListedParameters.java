package io.songe.model;

import io.songe.nn.Parameters;
import io.songe.tensor.AffineMap;
import io.songe.tensor.Convolution;
import io.songe.tensor.DType;
import io.songe.tensor.DoublingConvolution;
import io.songe.tensor.GatedMap;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.tensor.TensorOwner;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parameters that remember what was asked for and take no memory: every tensor is one zero repeated
 * without a copy. A network of any size can be built on them to see which names and shapes it
 * wants.
 */
public final class ListedParameters implements Parameters, AutoCloseable {
  private final String path;
  private final Set<String> asked;
  private final TensorOwner owner;

  private ListedParameters(String path, Set<String> asked, TensorOwner owner) {
    this.path = path;
    this.asked = asked;
    this.owner = owner;
  }

  /** Parameters of which nothing was asked yet. */
  public ListedParameters() {
    this("", new TreeSet<>(), new TensorOwner());
  }

  /** {@return a line for each tensor that was asked for: its name and shape} */
  public Set<String> asked() {
    return asked;
  }

  @Override
  public Parameters in(String block) {
    return new ListedParameters(path + block + ".", asked, owner);
  }

  @Override
  public Tensor get(String name, Shape expected) {
    asked.add(path + name + " " + expected);
    return zeros(expected.toArray());
  }

  @Override
  public Tensor exact(String name, Shape expected) {
    return get(name, expected);
  }

  @Override
  public Tensor table(String name, Shape expected) {
    return get(name, expected);
  }

  @Override
  public Convolution convolution(Shape weight, boolean bias, int stride, int padding, DType dtype) {
    return Convolution.plain(
        get("weight", weight), bias ? get("bias", Shape.of(weight.dim(0))) : null, stride, padding);
  }

  @Override
  public DoublingConvolution doublingConvolution(Shape weight) {
    return DoublingConvolution.plain(convolution(weight, true, 1, 1, dtype()));
  }

  @Override
  public AffineMap affineMap(List<String> layers, Shape weight, boolean bias) {
    for (String layer : layers) {
      String at = layer.isEmpty() ? "" : layer + ".";
      asked.add(path + at + "weight " + weight);
      if (bias) {
        asked.add(path + at + "bias " + Shape.of(weight.dim(0)));
      }
    }
    return AffineMap.plain(zeros(new long[] {layers.size() * weight.dim(0), weight.dim(1)}), null);
  }

  @Override
  public GatedMap gatedMap(Shape weight) {
    return GatedMap.plain(get("weight", weight), get("bias", Shape.of(weight.dim(0))));
  }

  private Tensor zeros(long[] extents) {
    try (Scope _ = Scope.open()) {
      long[] ones = new long[extents.length];
      Arrays.fill(ones, 1);
      return owner.own(Tensor.zeros(ones).expand(extents));
    }
  }

  @Override
  public DType dtype() {
    return DType.FLOAT32;
  }

  @Override
  public void close() {
    owner.close();
  }
}
