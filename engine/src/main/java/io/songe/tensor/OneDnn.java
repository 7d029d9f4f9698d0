package io.songe.tensor;

import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.IntType;
import org.bytedeco.pytorch.NumberType;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.OperatorName;
import org.bytedeco.pytorch.OptionalType;
import org.bytedeco.pytorch.SingletonTypePtr;
import org.bytedeco.pytorch.Type;
import org.jspecify.annotations.Nullable;

/**
 * Operations of libtorch's oneDNN backend that have no binding of their own, called through the
 * dispatcher: convolutions and linear maps on weights laid out beforehand for the processor, with
 * what follows them done in the same pass.
 *
 * <p>Constants are made once, outlive every scope, and are only read.
 */
final class OneDnn {
  private static final OneDnn INSTANCE = new OneDnn();

  private final Type.TypePtr whole;

  final Operation packConvolution = find("mkldnn::_reorder_convolution_weight", "");
  final Operation convolution = find("mkldnn::_convolution_pointwise", "");
  final Operation convolutionInto = find("mkldnn::_convolution_pointwise_", "binary");
  final Operation packTransposed = find("mkldnn::_reorder_convolution_transpose_weight", "");
  final Operation transposed = find("mkldnn::_convolution_transpose_pointwise", "");
  final Operation packLinear = find("mkldnn::_reorder_linear_weight", "");
  final Operation linear = find("mkldnn::_linear_pointwise", "");
  final Operation linearWith = find("mkldnn::_linear_pointwise", "binary");

  final IValue none = kept(new IValue());
  final IValue one = kept(new IValue(1L));
  final IValue nothing = kept(new IValue("none"));
  final IValue relu = kept(new IValue("relu"));
  final IValue exactly = kept(new IValue("none"));
  final IValue gelu = kept(new IValue("gelu"));
  final IValue add = kept(new IValue("add"));
  final IValue multiply = kept(new IValue("mul"));
  final IValue noNumbers;

  private OneDnn() {
    whole = kept(new Type.TypePtr(new SingletonTypePtr((Pointer) IntType.getIntTypePtr())));
    Type.TypePtr optionalNumber =
        OptionalType.get(
            new Type.TypePtr(new SingletonTypePtr((Pointer) NumberType.getNumberIntTypePtr())));
    noNumbers = kept(new IValue(new GenericList(optionalNumber)));
  }

  /** {@return the operations; call only once the backend is loaded} */
  static OneDnn get() {
    return INSTANCE;
  }

  /** {@return whether this build of libtorch has them, and they take this type} */
  boolean supports(DType dtype) {
    return Stream.of(
                packConvolution,
                convolution,
                convolutionInto,
                packTransposed,
                transposed,
                packLinear,
                linear,
                linearWith)
            .allMatch(Operation::isThere)
        && (dtype == DType.FLOAT32 || (dtype == DType.BFLOAT16 && Backend.hasBfloat16()));
  }

  /** {@return a list of two equal whole numbers, for height and width} */
  IValue twice(long number, TensorOwner owner) {
    return pair(number, number, owner);
  }

  /** {@return a list of two whole numbers, for height and width} */
  IValue pair(long height, long width, TensorOwner owner) {
    GenericList list = new GenericList(whole);
    list.push_back(new IValue(height));
    list.push_back(new IValue(width));
    return owner.own(new IValue(list));
  }

  /** {@return a tensor as an argument, or none} */
  IValue argument(@Nullable Tensor tensor, TensorOwner owner) {
    return tensor == null ? none : owner.own(new IValue(tensor.torch));
  }

  /** An operation of libtorch by name, which a build of it may lack. */
  static final class Operation {
    private final @Nullable OperatorHandle handle;

    private Operation(@Nullable OperatorHandle handle) {
      this.handle = handle;
    }

    boolean isThere() {
      return handle != null;
    }

    /** Calls it; only for one that is there, and gives one tensor. */
    org.bytedeco.pytorch.Tensor call(IValue... arguments) {
      IValueVector stack = new IValueVector(arguments);
      Objects.requireNonNull(handle).callBoxed(stack);
      // a handle of its own: the one on the stack dies with the stack
      return new org.bytedeco.pytorch.Tensor(stack.get(0).toTensor());
    }
  }

  private static Operation find(String name, String overload) {
    Dispatcher dispatcher = Dispatcher.singleton();
    boolean there =
        dispatcher
            .findSchema(new OperatorName(new BytePointer(name), new BytePointer(overload)))
            .has_value();
    // looked up again, since what an optional gives lies inside it and dies with it
    return new Operation(there ? kept(dispatcher.findSchemaOrThrow(name, overload)) : null);
  }

  private static <P extends Pointer> P kept(P pointer) {
    pointer.retainReference();
    return pointer;
  }
}
