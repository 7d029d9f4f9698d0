package io.songe.format.torch;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.format.torch.PickleValue.Dictionary;
import io.songe.format.torch.PickleValue.Name;
import io.songe.format.torch.PickleValue.Opaque;
import io.songe.format.torch.PickleValue.Sequence;
import io.songe.format.torch.PickleValue.Storage;
import io.songe.format.torch.PickleValue.Text;
import io.songe.format.torch.PickleValue.Tuple;
import io.songe.format.torch.PickleValue.View;
import io.songe.format.torch.PickleValue.Whole;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the calls in a pickle build. A {@link Globals.Role} says it all; no name is ever run. */
final class Construction {
  private static final int HIGHEST_RANK = 16;
  private static final int MOST_COPIED = 1_000_000;

  private final FileLabel file;
  private final Map<String, Storage> storages = new HashMap<>();
  private long copied;

  Construction(FileLabel file) {
    this.file = file;
  }

  /** {@return the storages that were referred to, by their keys} */
  Map<String, Storage> storages() {
    return Collections.unmodifiableMap(storages);
  }

  /** {@return a name of the table} */
  Name name(String module, String name) {
    return Globals.find(module, name).orElseThrow(() -> refused("names", module + "." + name));
  }

  /** {@return the result of a call} */
  PickleValue called(Name name, List<PickleValue> arguments) {
    return switch (name.role()) {
      case DICTIONARY -> dictionary(arguments);
      case DEFAULT_DICTIONARY, PARAMETER_DICTIONARY -> new Dictionary(name.role());
      case SET -> set(arguments);
      case SIZE -> tuple(name, arguments, 0);
      case TENSOR -> view(name, arguments);
      case PARAMETER -> parameter(name, arguments);
      case LEFTOVER -> new Opaque(name.text());
      case STORAGE, WORD -> throw refused("makes an object of", name.text());
    };
  }

  private Dictionary dictionary(List<PickleValue> arguments) {
    Dictionary dictionary = new Dictionary(Globals.Role.DICTIONARY);
    if (arguments.isEmpty()) {
      return dictionary;
    }
    // Python 2 wrote its ordered dictionaries as lists of pairs.
    require(
        arguments.size() == 1 && arguments.getFirst() instanceof Sequence,
        "makes a dictionary of what is no list");
    for (PickleValue pair : items(arguments.getFirst())) {
      List<PickleValue> both = items(pair);
      require(both.size() == 2, "makes a dictionary of what are no pairs");
      charge(1);
      put(dictionary, both.get(0), both.get(1));
    }
    return dictionary;
  }

  private Sequence set(List<PickleValue> arguments) {
    Sequence set = new Sequence();
    for (PickleValue argument : arguments) {
      List<PickleValue> items = items(argument);
      charge(items.size());
      set.addAll(items);
    }
    return set;
  }

  private List<PickleValue> items(PickleValue container) {
    return switch (container) {
      case Sequence sequence -> sequence.items();
      case Tuple tuple -> tuple.items();
      default -> throw damaged("goes through what is no list");
    };
  }

  private PickleValue parameter(Name name, List<PickleValue> arguments) {
    if (!arguments.isEmpty() && arguments.getFirst() instanceof View view) {
      return view;
    }
    throw damaged("calls %s without a tensor".formatted(name.text()));
  }

  private View view(Name name, List<PickleValue> arguments) {
    if (arguments.size() < 4
        || !(arguments.get(0) instanceof Storage storage)
        || !(arguments.get(1) instanceof Whole(long offset))) {
      throw damaged("calls %s without a storage and a layout".formatted(name.text()));
    }
    long[] extents = numbers(tuple(name, arguments, 2));
    long[] strides = numbers(tuple(name, arguments, 3));
    require(
        extents.length == strides.length && extents.length <= HIGHEST_RANK,
        "has a tensor of %d dimensions and %d strides".formatted(extents.length, strides.length));
    require(offset >= 0, "has a tensor that begins before its storage");
    try {
      StridedLayout layout = new StridedLayout(Shape.of(extents), offset, strides);
      require(
          layout.reach() <= storage.elements(),
          "has a tensor %s that reaches beyond its storage of %d elements"
              .formatted(layout.shape(), storage.elements()));
      // One number seen as a million would let a small file fill the memory.
      require(
          layout.shape().elements() <= storage.elements(),
          "has a tensor %s over a storage of only %d elements"
              .formatted(layout.shape(), storage.elements()));
      return new View(storage, layout);
    } catch (IllegalArgumentException | ArithmeticException tooLarge) {
      throw damaged("has a tensor of more elements than can be counted");
    }
  }

  private Tuple tuple(Name name, List<PickleValue> arguments, int index) {
    if (index < arguments.size() && arguments.get(index) instanceof Tuple tuple) {
      return tuple;
    }
    throw damaged("calls %s without a tuple".formatted(name.text()));
  }

  private long[] numbers(Tuple tuple) {
    long[] numbers = new long[Math.min(tuple.items().size(), HIGHEST_RANK + 1)];
    for (int i = 0; i < numbers.length; i++) {
      if (!(tuple.items().get(i) instanceof Whole(long value)) || value < 0) {
        throw damaged("has a tensor whose extents and strides are not whole numbers from 0");
      }
      numbers[i] = value;
    }
    return numbers;
  }

  /**
   * A reference to what the pickle does not contain: a storage.
   *
   * @param id {@code ('storage', type, key, device, elements)}, in old files with a view behind
   */
  Storage persistent(PickleValue id) {
    List<PickleValue> parts = id instanceof Tuple tuple ? tuple.items() : List.of();
    if (parts.size() < 5
        || parts.size() > 6
        || !(parts.get(0) instanceof Text(String what))
        || !what.equals("storage")
        || !(parts.get(1) instanceof Name type)
        || !(parts.get(2) instanceof Text(String key))
        || !(parts.get(4) instanceof Whole(long elements))
        || elements < 0) {
      throw damaged("refers to something that is no storage");
    }
    require(
        parts.size() == 5 || parts.get(5) == PickleValue.Nothing.NONE,
        "has a storage that is a part of another, as PyTorch has not written for years");
    DType dtype =
        Globals.elements(type).orElseThrow(() -> refused("makes a storage of", type.text()));
    Storage storage = new Storage(key, dtype, elements);
    Storage before = storages.putIfAbsent(key, storage);
    require(
        before == null || before.equals(storage),
        "has two different storages of the key " + FileLabel.quote(key));
    return before == null ? storage : before;
  }

  /** Gives an object its attributes, none of which matter but a parameter dictionary's entries. */
  void setState(PickleValue object, PickleValue state) {
    switch (object) {
      case Dictionary dictionary when dictionary.role() == Globals.Role.PARAMETER_DICTIONARY -> {
        if (state instanceof Dictionary attributes
            && attributes.entries().get("_parameters") instanceof Dictionary parameters) {
          charge(parameters.entries().size());
          parameters.entries().forEach((key, value) -> putNamed(dictionary, key, value));
        }
      }
      case Dictionary _, Opaque _ -> {}
      default -> throw damaged("gives attributes to what has none");
    }
  }

  /** Puts an entry into a dictionary, whose keys are all read as texts. */
  void put(Dictionary dictionary, PickleValue key, PickleValue value) {
    String text =
        switch (key) {
          case Text(String name) -> name;
          case Whole(long number) -> Long.toString(number);
          case PickleValue.Real(double number) -> Double.toString(number);
          case PickleValue.Truth(boolean truth) -> truth ? "True" : "False";
          case PickleValue.Nothing _ -> "None";
          case Name name -> name.text();
          default -> throw damaged("has a dictionary whose key is no text, number or name");
        };
    putNamed(dictionary, text, value);
  }

  private void putNamed(Dictionary dictionary, String key, PickleValue value) {
    require(
        dictionary.put(key, value),
        "has a dictionary with two entries of the name " + FileLabel.quote(key));
  }

  /** A few bytes can ask for a copy of a long list, again and again. */
  private void charge(int entries) {
    copied += entries;
    require(copied <= MOST_COPIED, "copies more than %d values".formatted(MOST_COPIED));
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw damaged(otherwise);
    }
  }

  private BrokenFileException refused(String verb, String name) {
    return file.broken(
        "its pickle %s %s, which is not on the short list of what weights need; nothing of it was run. Do not open this file with other programs unless you trust it; get a .safetensors version"
            .formatted(verb, FileLabel.quote(name)));
  }

  private BrokenFileException damaged(String problem) {
    return file.broken(
        "its pickle %s; the file is damaged or forged, download it again".formatted(problem));
  }
}
