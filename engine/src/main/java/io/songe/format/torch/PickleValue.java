package io.songe.format.torch;

import io.songe.tensor.DType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a pickle can hold here. Containers are compared by identity and may contain themselves, as
 * in Python: who walks through them must count.
 */
sealed interface PickleValue {
  /** Python's {@code None}. */
  enum Nothing implements PickleValue {
    NONE
  }

  /** True or false. */
  record Truth(boolean value) implements PickleValue {}

  /** A whole number of at most 64 bits. */
  record Whole(long value) implements PickleValue {}

  /** A whole number of more bits. */
  record Large(BigInteger value) implements PickleValue {}

  /** A floating-point number. */
  record Real(double value) implements PickleValue {}

  /** A text. */
  record Text(String value) implements PickleValue {}

  /** Bytes, of which nobody needs more than to know that there are some. */
  enum Bytes implements PickleValue {
    SOME
  }

  /** The name of something that {@link Globals} knows. */
  record Name(String text, Globals.Role role) implements PickleValue {}

  /** Something of no use for weights, of which no more is kept than what made it. */
  record Opaque(String madeBy) implements PickleValue {}

  /** Numbers in the file, which views look at. */
  record Storage(String key, DType dtype, long elements) implements PickleValue {}

  /** A tensor: a window on a storage, inside it, in units of elements. */
  record View(Storage storage, StridedLayout layout) implements PickleValue {}

  /** A tuple. */
  final class Tuple implements PickleValue {
    private final List<PickleValue> items;

    Tuple(List<PickleValue> items) {
      this.items = List.copyOf(items);
    }

    List<PickleValue> items() {
      return items;
    }
  }

  /** A list or a set. */
  final class Sequence implements PickleValue {
    private List<PickleValue> items = List.of();

    void addAll(Collection<PickleValue> more) {
      // Empty lists cost a hostile file one byte each, so they cost little here.
      if (items.isEmpty()) {
        items = new ArrayList<>(more);
      } else {
        items.addAll(more);
      }
    }

    List<PickleValue> items() {
      return Collections.unmodifiableList(items);
    }
  }

  /** A dictionary, its keys as texts. */
  final class Dictionary implements PickleValue {
    private final Globals.Role role;
    private SequencedMap<String, PickleValue> entries = Collections.emptyNavigableMap();

    Dictionary(Globals.Role role) {
      this.role = role;
    }

    /** {@return how it was made} */
    Globals.Role role() {
      return role;
    }

    /** {@return whether the key was free} */
    boolean put(String key, PickleValue value) {
      if (entries.isEmpty()) {
        entries = new LinkedHashMap<>();
      }
      return entries.putIfAbsent(key, value) == null;
    }

    SequencedMap<String, PickleValue> entries() {
      return Collections.unmodifiableSequencedMap(entries);
    }
  }
}
