package io.songe.tensor;

import io.songe.error.EngineException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;

/**
 * Numbers in a {@link Shape}, in native memory. Immutable: every operation gives a new tensor,
 * which may share memory with this one where the operation only looks at it differently (reshape,
 * permute, slice). Shapes that do not fit throw {@link EngineException} with the operation and the
 * shapes. A tensor lives as long as the {@link Scope} in which it was made.
 *
 * <p>Two tensors of one operation are broadcast against each other as in NumPy and PyTorch.
 */
public final class Tensor {
  final org.bytedeco.pytorch.Tensor torch;

  Tensor(org.bytedeco.pytorch.Tensor torch) {
    this.torch = torch;
  }

  // ---------------------------------------------------------------- making

  /**
   * Copies numbers into a tensor.
   *
   * @param values the elements, innermost dimension running fastest
   * @param extents the shape; none means one dimension as long as there are values
   * @return a FLOAT32 tensor
   */
  public static Tensor of(float[] values, long... extents) {
    Tensor made = empty(DType.FLOAT32, shapeFor(values.length, extents));
    MemorySegment.copy(values, 0, made.memory(), ValueLayout.JAVA_FLOAT, 0, values.length);
    return made;
  }

  /**
   * Copies whole numbers into a tensor.
   *
   * @param values the elements, innermost dimension running fastest
   * @param extents the shape; none means one dimension as long as there are values
   * @return an INT64 tensor
   */
  public static Tensor of(long[] values, long... extents) {
    Tensor made = empty(DType.INT64, shapeFor(values.length, extents));
    MemorySegment.copy(values, 0, made.memory(), ValueLayout.JAVA_LONG, 0, values.length);
    return made;
  }

  private static Shape shapeFor(int elements, long[] extents) {
    Shape shape = extents.length == 0 ? Shape.of(elements) : Shape.of(extents);
    if (shape.elements() != elements) {
      throw new EngineException(elements + " values do not fill a tensor of shape " + shape);
    }
    return shape;
  }

  private static Tensor empty(DType dtype, Shape shape) {
    Backend.load();
    return new Tensor(
        org.bytedeco.pytorch.global.torch.empty(
            shape.toArray(), new TensorOptions(Types.toTorch(dtype)), new MemoryFormatOptional()));
  }

  /**
   * A tensor over memory that belongs to somebody else, without a copy.
   *
   * @param data at least as many bytes as the tensor needs; must stay alive and unchanged as long
   *     as the tensor and everything that shares its memory
   * @param dtype type of the elements
   * @param shape of the tensor
   * @return a tensor that reads {@code data}
   */
  public static Tensor fromMemory(MemorySegment data, DType dtype, Shape shape) {
    Backend.load();
    long needed = shape.elements() * dtype.bytes();
    if (data.byteSize() < needed) {
      throw new EngineException(
          "a tensor "
              + shape
              + " of "
              + dtype
              + " needs "
              + needed
              + " bytes, got "
              + data.byteSize());
    }
    return new Tensor(
        org.bytedeco.pytorch.global.torch.from_blob(
            new Address(data.address()), shape.toArray(), new TensorOptions(Types.toTorch(dtype))));
  }

  private static final class Address extends Pointer {
    Address(long value) {
      super((Pointer) null);
      address = value;
    }
  }

  /**
   * A tensor of one value.
   *
   * @param value of every element
   * @param extents the shape
   * @return a FLOAT32 tensor
   */
  public static Tensor full(double value, long... extents) {
    Backend.load();
    return new Tensor(
        org.bytedeco.pytorch.global.torch.full(
            extents, new Scalar(value), new TensorOptions(Types.toTorch(DType.FLOAT32))));
  }

  /**
   * A tensor of zeros.
   *
   * @param extents the shape
   * @return a FLOAT32 tensor
   */
  public static Tensor zeros(long... extents) {
    return full(0, extents);
  }

  /**
   * Joins tensors along a dimension that they have.
   *
   * @param parts at least one, of equal shapes but for {@code dimension}
   * @param dimension from 0, or negative from the innermost
   * @return the parts one after the other
   */
  public static Tensor concat(List<Tensor> parts, int dimension) {
    return run(
        "concat",
        () -> org.bytedeco.pytorch.global.torch.cat(vector(parts), dimension),
        parts.toArray(Tensor[]::new));
  }

  /**
   * Joins tensors along a new dimension.
   *
   * @param parts at least one, of equal shapes
   * @param dimension where the new dimension stands
   * @return the parts side by side
   */
  public static Tensor stack(List<Tensor> parts, int dimension) {
    return run(
        "stack",
        () -> org.bytedeco.pytorch.global.torch.stack(vector(parts), dimension),
        parts.toArray(Tensor[]::new));
  }

  private static TensorVector vector(List<Tensor> parts) {
    return new TensorVector(
        parts.stream().map(part -> part.torch).toArray(org.bytedeco.pytorch.Tensor[]::new));
  }

  // ---------------------------------------------------------------- looking

  /** {@return the shape} */
  public Shape shape() {
    int rank = (int) torch.dim();
    long[] extents = new long[rank];
    for (int i = 0; i < rank; i++) {
      extents[i] = torch.size(i);
    }
    return Shape.of(extents);
  }

  /**
   * One extent of the shape.
   *
   * @param dimension from 0, or negative from the innermost
   * @return its size
   */
  public long dim(int dimension) {
    return torch.size(dimension);
  }

  /** {@return the type of the elements} */
  public DType dtype() {
    return Types.fromTorch(torch.scalar_type());
  }

  /** {@return a copy of the elements as floats, innermost dimension running fastest} */
  public float[] toFloats() {
    try (Scope _ = Scope.open()) {
      Tensor plain = to(DType.FLOAT32).contiguous();
      float[] values = new float[Math.toIntExact(plain.torch.numel())];
      MemorySegment.copy(plain.memory(), ValueLayout.JAVA_FLOAT, 0, values, 0, values.length);
      return values;
    }
  }

  /** {@return a copy of the elements as whole numbers, innermost dimension running fastest} */
  public long[] toLongs() {
    try (Scope _ = Scope.open()) {
      Tensor plain = to(DType.INT64).contiguous();
      long[] values = new long[Math.toIntExact(plain.torch.numel())];
      MemorySegment.copy(plain.memory(), ValueLayout.JAVA_LONG, 0, values, 0, values.length);
      return values;
    }
  }

  /** {@return the elements as bytes in native order, innermost dimension running fastest} */
  public byte[] toBytes() {
    try (Scope _ = Scope.open()) {
      return contiguous().memory().toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /** {@return the only element} */
  public double item() {
    if (torch.numel() != 1) {
      throw new EngineException("item() reads a tensor of one element, and this is " + shape());
    }
    try (Scope _ = Scope.open()) {
      return torch.to(org.bytedeco.pytorch.global.torch.ScalarType.Double).item_double();
    }
  }

  private MemorySegment memory() {
    long bytes = torch.nbytes();
    return bytes == 0
        ? MemorySegment.NULL
        : MemorySegment.ofAddress(torch.data_ptr().address()).reinterpret(bytes);
  }

  // ---------------------------------------------------------------- shape and layout

  /**
   * The same elements in another shape.
   *
   * @param extents the new shape; one may be -1 and is worked out
   * @return a tensor that shares memory where it can
   */
  public Tensor reshape(long... extents) {
    return run("reshape to " + Arrays.toString(extents), () -> torch.reshape(extents), this);
  }

  /**
   * Reorders the dimensions.
   *
   * @param order for each new dimension, which one it was
   * @return a view
   */
  public Tensor permute(long... order) {
    return run("permute", () -> torch.permute(order), this);
  }

  /**
   * Swaps two dimensions.
   *
   * @param first one dimension
   * @param second the other
   * @return a view
   */
  public Tensor transpose(int first, int second) {
    return run("transpose", () -> torch.transpose(first, second), this);
  }

  /**
   * Inserts a dimension of extent 1.
   *
   * @param dimension where it will stand
   * @return a view
   */
  public Tensor unsqueeze(int dimension) {
    return run("unsqueeze", () -> torch.unsqueeze(dimension), this);
  }

  /**
   * Removes a dimension of extent 1.
   *
   * @param dimension which
   * @return a view
   */
  public Tensor squeeze(int dimension) {
    return run("squeeze", () -> torch.squeeze(dimension), this);
  }

  /**
   * Repeats dimensions of extent 1 without copying.
   *
   * @param extents the new shape; -1 keeps an extent
   * @return a view
   */
  public Tensor expand(long... extents) {
    return run("expand to " + Arrays.toString(extents), () -> torch.expand(extents), this);
  }

  /**
   * Repeats the whole tensor.
   *
   * @param times how often along each dimension
   * @return a copy
   */
  public Tensor repeat(long... times) {
    return run("repeat", () -> torch.repeat(times), this);
  }

  /**
   * A stretch of one dimension.
   *
   * @param dimension which
   * @param start first index
   * @param end index after the last
   * @return a view
   */
  public Tensor slice(int dimension, long start, long end) {
    return run(
        "slice " + start + ".." + end,
        () -> torch.slice(dimension, new LongOptional(start), new LongOptional(end), 1),
        this);
  }

  /**
   * One index of a dimension, which disappears.
   *
   * @param dimension which
   * @param index where
   * @return a view
   */
  public Tensor select(int dimension, long index) {
    return run("select " + index, () -> torch.select(dimension, index), this);
  }

  /**
   * Cuts a dimension into equal parts.
   *
   * @param count number of parts; must divide the extent
   * @param dimension which
   * @return views, in order
   */
  public List<Tensor> chunk(int count, int dimension) {
    long extent = dim(dimension);
    if (extent % count != 0) {
      throw new EngineException(
          "chunk: dimension " + dimension + " of " + shape() + " is no multiple of " + count);
    }
    // one operation, whose gradient joins the parts: slices would each fill up a whole tensor
    TensorVector parts = torch.split(extent / count, dimension);
    return LongStream.range(0, count)
        .mapToObj(i -> new Tensor(new org.bytedeco.pytorch.Tensor(parts.get(i))))
        .toList();
  }

  /**
   * Picks indices of a dimension.
   *
   * @param dimension which
   * @param indices INT64, one-dimensional
   * @return a copy of what was picked
   */
  public Tensor gatherRows(int dimension, Tensor indices) {
    return run("gatherRows", () -> torch.index_select(dimension, indices.torch), this, indices);
  }

  /**
   * Reverses the order along a dimension.
   *
   * @param dimension which
   * @return a copy
   */
  public Tensor flip(int dimension) {
    return run("flip", () -> torch.flip(dimension), this);
  }

  /** {@return the same elements laid out with the innermost dimension running fastest} */
  public Tensor contiguous() {
    return run("contiguous", () -> torch.contiguous(), this);
  }

  /**
   * The same elements with channels innermost in memory, which convolutions prefer.
   *
   * @return a tensor of the same shape {@code [batch, channels, height, width]}
   */
  public Tensor channelsLast() {
    return run(
        "channelsLast",
        () -> torch.contiguous(org.bytedeco.pytorch.global.torch.MemoryFormat.ChannelsLast),
        this);
  }

  /**
   * Converts the elements.
   *
   * @param dtype the wanted type
   * @return this tensor if it has that type already, else a converted copy
   */
  public Tensor to(DType dtype) {
    return dtype() == dtype ? this : run("to " + dtype, () -> torch.to(Types.toTorch(dtype)), this);
  }

  /** {@return a copy with memory of its own} */
  public Tensor copy() {
    return run("copy", () -> torch.clone(new MemoryFormatOptional()), this);
  }

  // ---------------------------------------------------------------- arithmetic

  /**
   * {@return the elementwise sum}
   *
   * @param other second operand
   */
  public Tensor plus(Tensor other) {
    return run("plus", () -> torch.add(other.torch), this, other);
  }

  /**
   * {@return each element plus a number}
   *
   * @param number the number
   */
  public Tensor plus(double number) {
    return run("plus", () -> torch.add(new Scalar(number)), this);
  }

  /**
   * {@return the elementwise difference}
   *
   * @param other what is taken away
   */
  public Tensor minus(Tensor other) {
    return run("minus", () -> torch.sub(other.torch), this, other);
  }

  /**
   * {@return each element minus a number}
   *
   * @param number the number
   */
  public Tensor minus(double number) {
    return run("minus", () -> torch.sub(new Scalar(number)), this);
  }

  /**
   * {@return the elementwise product}
   *
   * @param other second operand
   */
  public Tensor times(Tensor other) {
    return run("times", () -> torch.mul(other.torch), this, other);
  }

  /**
   * {@return each element times a number}
   *
   * @param number the number
   */
  public Tensor times(double number) {
    return run("times", () -> torch.mul(new Scalar(number)), this);
  }

  /**
   * {@return the elementwise quotient}
   *
   * @param other the divisor
   */
  public Tensor dividedBy(Tensor other) {
    return run("dividedBy", () -> torch.div(other.torch), this, other);
  }

  /**
   * {@return each element divided by a number}
   *
   * @param number the divisor
   */
  public Tensor dividedBy(double number) {
    return run("dividedBy", () -> torch.div(new Scalar(number)), this);
  }

  /** {@return each element with its sign changed} */
  public Tensor negate() {
    return run("negate", () -> torch.neg(), this);
  }

  /** {@return the square of each element} */
  public Tensor square() {
    return run("square", () -> torch.square(), this);
  }

  /** {@return the square root of each element} */
  public Tensor sqrt() {
    return run("sqrt", () -> torch.sqrt(), this);
  }

  /** {@return e to the power of each element} */
  public Tensor exp() {
    return run("exp", () -> torch.exp(), this);
  }

  /** {@return the natural logarithm of each element} */
  public Tensor log() {
    return run("log", () -> torch.log(), this);
  }

  /** {@return the sine of each element, in radians} */
  public Tensor sin() {
    return run("sin", () -> torch.sin(), this);
  }

  /** {@return the cosine of each element, in radians} */
  public Tensor cos() {
    return run("cos", () -> torch.cos(), this);
  }

  /** {@return the distance of each element from zero} */
  public Tensor abs() {
    return run("abs", () -> torch.abs(), this);
  }

  /**
   * Limits each element to a range.
   *
   * @param least lower bound
   * @param most upper bound
   * @return the limited elements
   */
  public Tensor clamp(double least, double most) {
    return run(
        "clamp",
        () ->
            torch.clamp(
                new ScalarOptional(new Scalar(least)), new ScalarOptional(new Scalar(most))),
        this);
  }

  /**
   * {@return the matrix product over the two innermost dimensions}
   *
   * @param other right factor
   */
  public Tensor matmul(Tensor other) {
    return run(
        "matmul", () -> org.bytedeco.pytorch.global.torch.matmul(torch, other.torch), this, other);
  }

  // ---------------------------------------------------------------- reductions

  /** {@return the sum of all elements, a scalar} */
  public Tensor sum() {
    return run("sum", () -> torch.sum(), this);
  }

  /**
   * {@return the sum over dimensions, which stay with extent 1}
   *
   * @param dimensions which
   */
  public Tensor sum(long... dimensions) {
    return run("sum", () -> torch.sum(dimensions, true, new ScalarTypeOptional()), this);
  }

  /** {@return the mean of all elements, a scalar} */
  public Tensor mean() {
    return run("mean", () -> torch.mean(), this);
  }

  /**
   * {@return the mean over dimensions, which stay with extent 1}
   *
   * @param dimensions which
   */
  public Tensor mean(long... dimensions) {
    return run("mean", () -> torch.mean(dimensions, true, new ScalarTypeOptional()), this);
  }

  /**
   * The sample standard deviation over dimensions, which stay with extent 1.
   *
   * @param dimensions which
   * @return the deviations, with Bessel's correction
   */
  public Tensor std(long... dimensions) {
    return run("std", () -> torch.std(dimensions, true, true), this);
  }

  /**
   * {@return the largest elements over dimensions, which stay}
   *
   * @param dimensions which
   */
  public Tensor max(long... dimensions) {
    return run("max", () -> torch.amax(dimensions, true), this);
  }

  /**
   * Where the largest elements of a dimension stand.
   *
   * @param dimension which; disappears
   * @return INT64 indices
   */
  public Tensor argmax(int dimension) {
    return run("argmax", () -> torch.argmax(new LongOptional(dimension), false), this);
  }

  /** {@return whether every element is a number, neither infinite nor NaN} */
  public boolean isFinite() {
    try (Scope _ = Scope.open()) {
      return torch.isfinite().all().item_bool();
    }
  }

  @Override
  public String toString() {
    return "Tensor" + shape() + " " + dtype();
  }

  // ---------------------------------------------------------------- errors

  /** Runs a native operation; what libtorch throws comes out with the operation and the shapes. */
  static Tensor run(
      String operation, Supplier<org.bytedeco.pytorch.Tensor> call, Tensor... operands) {
    try {
      return new Tensor(call.get());
    } catch (RuntimeException failed) {
      String shapes =
          Arrays.stream(operands).map(Tensor::toString).collect(Collectors.joining(", "));
      String reason = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
      throw new EngineException(operation + " of " + shapes + ": " + reason, failed);
    }
  }
}
