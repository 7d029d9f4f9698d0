package io.songe.format.torch;

import io.songe.tensor.DType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole of what a pickle may name, and what becomes of it. Nothing here is looked up, loaded or
 * called: a name is a text that stands in this table, or the file is refused. The table is what
 * published weights have been seen to need, training leftovers included. Decision 5 (weights by
 * content) gives the reasons.
 */
final class Globals {
  /** What a name stands for. */
  enum Role {
    /** Called, it makes a dictionary. */
    DICTIONARY,
    /** A dictionary whose arguments say what a missing entry would be; they do not matter here. */
    DEFAULT_DICTIONARY,
    /** Made empty, it is given its entries as the state of an object. */
    PARAMETER_DICTIONARY,
    /** Called with a list, it makes a set. */
    SET,
    /** Called with a tuple, it gives that tuple. */
    SIZE,
    /** Called with a storage and a layout, it makes a tensor. */
    TENSOR,
    /** Called with a tensor, it gives that tensor. */
    PARAMETER,
    /** A type of storage: only ever named, by the reference to a storage. */
    STORAGE,
    /** Called with anything, it makes something opaque. */
    LEFTOVER,
    /** Only ever named; a call of it is refused. */
    WORD
  }

  private static final Map<Role, List<String>> TABLE =
      Map.of(
          Role.DICTIONARY,
          List.of("collections.OrderedDict"),
          Role.DEFAULT_DICTIONARY,
          List.of("collections.defaultdict"),
          Role.PARAMETER_DICTIONARY,
          List.of("torch.nn.modules.container.ParameterDict"),
          Role.SET,
          List.of("builtins.set", "builtins.frozenset", "__builtin__.set", "__builtin__.frozenset"),
          Role.SIZE,
          List.of("torch.Size"),
          Role.TENSOR,
          List.of("torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor"),
          Role.PARAMETER,
          List.of("torch._utils._rebuild_parameter"),
          Role.LEFTOVER,
          List.of(
              "torch.device",
              "numpy.core.multiarray.scalar",
              "numpy._core.multiarray.scalar",
              "numpy.core.multiarray._reconstruct",
              "numpy._core.multiarray._reconstruct",
              "numpy.dtype",
              "_codecs.encode"),
          Role.WORD,
          List.of(
              "pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint",
              "numpy.ndarray",
              "torch.float64",
              "torch.float32",
              "torch.float16",
              "torch.bfloat16",
              "torch.int64",
              "torch.int32",
              "torch.int16",
              "torch.int8",
              "torch.uint8",
              "torch.bool",
              "builtins.dict",
              "builtins.list",
              "builtins.int",
              "builtins.float",
              "__builtin__.dict",
              "__builtin__.list",
              "__builtin__.int",
              "__builtin__.float"));

  private static final Map<String, DType> STORAGES =
      Map.of(
          "torch.DoubleStorage", DType.FLOAT64,
          "torch.FloatStorage", DType.FLOAT32,
          "torch.HalfStorage", DType.FLOAT16,
          "torch.BFloat16Storage", DType.BFLOAT16,
          "torch.LongStorage", DType.INT64,
          "torch.IntStorage", DType.INT32,
          "torch.ShortStorage", DType.INT16,
          "torch.CharStorage", DType.INT8,
          "torch.ByteStorage", DType.UINT8,
          "torch.BoolStorage", DType.BOOL);

  private static final Map<String, Role> ROLES = roles();

  private Globals() {}

  private static Map<String, Role> roles() {
    Map<String, Role> roles = new HashMap<>();
    TABLE.forEach((role, names) -> names.forEach(name -> roles.put(name, role)));
    STORAGES.keySet().forEach(name -> roles.put(name, Role.STORAGE));
    return Map.copyOf(roles);
  }

  /** {@return the role of {@code module.name}, or empty if a pickle may not name it} */
  static Optional<PickleValue.Name> find(String module, String name) {
    String text = module + "." + name;
    return Optional.ofNullable(ROLES.get(text)).map(role -> new PickleValue.Name(text, role));
  }

  /** {@return the type of a storage's elements, by the storage type's name} */
  static Optional<DType> elements(PickleValue.Name storage) {
    return Optional.ofNullable(STORAGES.get(storage.text()));
  }
}
