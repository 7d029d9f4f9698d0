package io.songe.checkpoint.adapter;

import io.songe.file.FileLabel;
import io.songe.format.StoredTensor;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.Optional;

/**
 * What a LoRA adds to the weight of one layer: {@code scale * up x down}, Hu et al. 2021, section
 * 4.1. For a convolution one of the two has its kernel, or a third tensor between them has (the CP
 * decomposition of LoCon).
 *
 * @param name of the layer in the file
 * @param down {@code [rank, in]} or {@code [rank, in, kernel, kernel]}
 * @param up {@code [out, rank]} or {@code [out, rank, kernel, kernel]}
 * @param middle {@code [rank, rank, kernel, kernel]}, if there is one
 * @param scale alpha divided by the rank
 */
record LoraModule(
    String name, StoredTensor down, StoredTensor up, Optional<StoredTensor> middle, double scale) {
  private static final String DAMAGED = "; the file is damaged, download it again";

  /**
   * A module whose tensors fit each other.
   *
   * @throws io.songe.error.BrokenFileException if they do not, or hold what are no numbers
   */
  static LoraModule checked(LoraModule module, FileLabel label) {
    Shape down = module.down.shape();
    Shape up = module.up.shape();
    boolean fits =
        isKernel(down)
            && isKernel(up)
            && module
                .middle
                .map(StoredTensor::shape)
                .map(middle ->
                    middle.rank() == 4
                        && square(middle)
                        && middle.dim(0) == up.dim(1)
                        && middle.dim(1) == down.dim(0)
                        && side(up) == 1
                        && side(down) == 1)
                .orElse(up.dim(1) == down.dim(0) && (side(up) == 1 || side(down) == 1));
    if (!fits) {
      throw label.broken(
          "the tensors of %s, down %s, up %s%s, do not fit each other%s"
              .formatted(
                  FileLabel.shorten(module.name),
                  down,
                  up,
                  module.middle.map(middle -> ", mid " + middle.shape()).orElse(""),
                  DAMAGED));
    }
    if (!Double.isFinite(module.scale)
        || !isFinite(module.down)
        || !isFinite(module.up)
        || !module.middle.map(LoraModule::isFinite).orElse(true)) {
      throw label.broken(
          "%s holds values that are infinite or not numbers%s"
              .formatted(FileLabel.shorten(module.name), DAMAGED));
    }
    return module;
  }

  private static boolean isKernel(Shape shape) {
    return (shape.rank() == 2 || (shape.rank() == 4 && square(shape))) && shape.elements() > 0;
  }

  private static boolean square(Shape shape) {
    return shape.dim(2) == shape.dim(3);
  }

  private static boolean isFinite(StoredTensor stored) {
    return stored.dtype().isFloatingPoint() && stored.toTensor().isFinite();
  }

  /** {@return the side of a kernel, 1 for a matrix} */
  static long side(Shape weight) {
    return weight.rank() == 4 ? weight.dim(2) : 1;
  }

  /** {@return the shape of what is added, [out, in, kernel, kernel], the kernel 1 for a matrix} */
  Shape shape() {
    long side =
        Math.max(
            middle.map(kernel -> side(kernel.shape())).orElse(1L),
            Math.max(side(up.shape()), side(down.shape())));
    return Shape.of(up.shape().dim(0), down.shape().dim(1), side, side);
  }

  /**
   * What is added to the weight.
   *
   * @param strength 1 for as much as it was trained with
   * @return FLOAT32, {@code [out, in, kernel, kernel]}
   */
  Tensor delta(double strength) {
    Tensor first = kernel(down);
    Tensor last = kernel(up);
    Tensor product =
        side(down.shape()) > 1
            ? wide(matrix(last), first)
            : thin(middle.map(kernel -> wide(matrix(last), kernel(kernel))).orElse(last), first);
    return product.times(strength * scale);
  }

  /** As FLOAT32 with a kernel, [rows, columns, side, side]. */
  private static Tensor kernel(StoredTensor stored) {
    Shape shape = stored.shape();
    return stored
        .toTensor()
        .to(DType.FLOAT32)
        .reshape(shape.dim(0), shape.dim(1), side(shape), side(shape));
  }

  private static Tensor matrix(Tensor kernel) {
    return kernel.reshape(kernel.dim(0), kernel.dim(1));
  }

  /** [out, rank] x [rank, in, side, side] -> [out, in, side, side]. */
  private static Tensor wide(Tensor matrix, Tensor kernel) {
    return matrix
        .matmul(kernel.reshape(kernel.dim(0), -1))
        .reshape(matrix.dim(0), kernel.dim(1), kernel.dim(2), kernel.dim(3));
  }

  /** [out, rank, side, side] x [rank, in, 1, 1] -> [out, in, side, side]. */
  private static Tensor thin(Tensor kernel, Tensor pointwise) {
    return kernel.permute(2, 3, 0, 1).matmul(matrix(pointwise)).permute(2, 3, 0, 1);
  }
}
