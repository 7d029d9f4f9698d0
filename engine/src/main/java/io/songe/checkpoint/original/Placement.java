package io.songe.checkpoint.original;

import io.songe.file.FileLabel;
import io.songe.format.StoredTensor;
import io.songe.format.TensorSource;
import io.songe.tensor.Shape;
import java.lang.foreign.MemorySegment;

/**
 * Where one of our tensors lies in a file.
 *
 * @param name of the file's tensor
 * @param form in which ours is held by it
 */
public record Placement(String name, Form form) {
  /** How a file's tensor holds one of ours. */
  public sealed interface Form {
    /** It is ours. */
    record Whole() implements Form {}

    /** Ours is a matrix, and theirs the same as a convolution's kernel of side 1. */
    record Pointwise() implements Form {}

    /** Rows and columns have changed places. */
    record Transposed() implements Form {}

    /**
     * Several of ours lie one behind the other in theirs.
     *
     * @param index of this one, from 0
     * @param count of them
     */
    record Part(int index, int count) implements Form {}
  }

  /**
   * A tensor that is the same in the file.
   *
   * @param name its name there
   * @return the placement
   */
  public static Placement whole(String name) {
    return new Placement(name, new Form.Whole());
  }

  /**
   * The same form under a prefix.
   *
   * @param prefix of the file's name
   * @return the placement
   */
  public Placement under(String prefix) {
    return new Placement(prefix + name, form);
  }

  /**
   * Our tensor, without a copy unless rows and columns change places.
   *
   * @param source that has a tensor of this name
   * @param label how messages call the source
   * @return a tensor that lives as long as the source
   * @throws io.songe.error.BrokenFileException if theirs has a shape that cannot hold ours
   */
  public StoredTensor read(TensorSource source, FileLabel label) {
    StoredTensor theirs = source.get(name);
    Shape shape = theirs.shape();
    return switch (form) {
      case Form.Whole _ -> theirs;
      case Form.Pointwise _ -> shape.rank() == 4 ? matrix(theirs, label) : theirs;
      case Form.Transposed _ -> {
        require(shape.rank() == 2, theirs, label);
        yield transposed(theirs);
      }
      case Form.Part(int index, int count) -> {
        require(shape.rank() > 0 && shape.dim(0) % count == 0, theirs, label);
        yield part(theirs, index, count);
      }
    };
  }

  /**
   * The shape of the file's tensor.
   *
   * @param ours the shape of our tensor
   * @return the shape
   */
  public Shape theirShape(Shape ours) {
    long[] extents = ours.toArray();
    return switch (form) {
      case Form.Whole _ -> ours;
      case Form.Pointwise _ -> Shape.of(extents[0], extents[1], 1, 1);
      case Form.Transposed _ -> Shape.of(extents[1], extents[0]);
      case Form.Part(int _, int count) -> {
        extents[0] *= count;
        yield Shape.of(extents);
      }
    };
  }

  private static void require(boolean fits, StoredTensor theirs, FileLabel label) {
    if (!fits) {
      throw label.broken(
          "tensor %s is %s, which no network of this kind has; is it another model's file?"
              .formatted(FileLabel.shorten(theirs.name()), theirs.shape()));
    }
  }

  private static StoredTensor matrix(StoredTensor theirs, FileLabel label) {
    Shape shape = theirs.shape();
    require(shape.dim(2) == 1 && shape.dim(3) == 1, theirs, label);
    return reshaped(theirs, Shape.of(shape.dim(0), shape.dim(1)));
  }

  private static StoredTensor part(StoredTensor theirs, int index, int count) {
    long[] extents = theirs.shape().toArray();
    extents[0] /= count;
    long length = theirs.data().byteSize() / count;
    return new StoredTensor(
        theirs.name(),
        theirs.dtype(),
        Shape.of(extents),
        theirs.data().asSlice(index * length, length));
  }

  /**
   * A matrix with rows and columns changed, in memory of its own.
   *
   * @param matrix of rank 2
   * @return the other
   */
  public static StoredTensor transposed(StoredTensor matrix) {
    long rows = matrix.shape().dim(0);
    long columns = matrix.shape().dim(1);
    int bytes = matrix.dtype().bytes();
    MemorySegment turned =
        MemorySegment.ofArray(new byte[Math.toIntExact(matrix.data().byteSize())]);
    for (long row = 0; row < rows; row++) {
      for (long column = 0; column < columns; column++) {
        MemorySegment.copy(
            matrix.data(),
            (row * columns + column) * bytes,
            turned,
            (column * rows + row) * bytes,
            bytes);
      }
    }
    return new StoredTensor(matrix.name(), matrix.dtype(), Shape.of(columns, rows), turned);
  }

  private static StoredTensor reshaped(StoredTensor tensor, Shape shape) {
    return new StoredTensor(tensor.name(), tensor.dtype(), shape, tensor.data());
  }
}
