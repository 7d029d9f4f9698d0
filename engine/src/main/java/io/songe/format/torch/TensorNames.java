package io.songe.format.torch;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.format.torch.PickleValue.Dictionary;
import io.songe.format.torch.PickleValue.Sequence;
import io.songe.format.torch.PickleValue.Storage;
import io.songe.format.torch.PickleValue.Tuple;
import io.songe.format.torch.PickleValue.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the tensors in what a pickle held, and names each by its path through dictionaries and
 * lists. A file that was saved in training has the weights in an entry {@code state_dict} beside
 * other things: then that entry alone counts.
 */
final class TensorNames {
  private static final String WRAPPER = "state_dict";
  private static final int MOST_TENSORS = 100_000;
  private static final int MOST_VALUES = 1_000_000;
  private static final int LONGEST_NAME = 1024;
  private static final int DEEPEST = 32;
  private static final int MOST_METADATA = 10_000;

  private final Function<Storage, StorageData> data;
  private final FileLabel label;
  private final List<Found> found = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final StringBuilder path = new StringBuilder();
  private int visited;

  private record Found(long position, TorchTensor tensor) {}

  private TensorNames(Function<Storage, StorageData> data, FileLabel label) {
    this.data = data;
    this.label = label;
  }

  /**
   * Names the tensors of a checkpoint.
   *
   * @param root what was read
   * @param data finds a storage in the file, or throws
   * @param label how messages call the file
   * @return the tensors in the order in which they lie in the file
   * @throws BrokenFileException if there are none, or too many, or a storage is missing
   */
  static TorchCheckpoint of(
      PickleValue root, Function<Storage, StorageData> data, FileLabel label) {
    return new TensorNames(data, label).read(root);
  }

  private TorchCheckpoint read(PickleValue root) {
    if (!(root instanceof Dictionary outer)) {
      throw label.broken(
          "holds no dictionary of named tensors; it is of no model that this version knows");
    }
    visit(unwrapped(outer), 0);
    if (found.isEmpty()) {
      throw label.broken("holds no tensors; it is of no model that this version knows");
    }
    found.sort(Comparator.comparingLong(Found::position));
    SequencedMap<String, TorchTensor> tensors = new LinkedHashMap<>();
    found.forEach(each -> tensors.put(each.tensor().name(), each.tensor()));
    return new TorchCheckpoint(tensors, metadata(outer));
  }

  private Dictionary unwrapped(Dictionary outer) {
    Dictionary inner = outer;
    for (int depth = 0; depth < DEEPEST; depth++) {
      if (!(inner.entries().get(WRAPPER) instanceof Dictionary deeper)) {
        return inner;
      }
      inner = deeper;
    }
    throw tooMuch();
  }

  private void visit(PickleValue value, int depth) {
    // A container may contain itself, or one other a million times.
    visited++;
    if (depth > DEEPEST || visited > MOST_VALUES) {
      throw tooMuch();
    }
    switch (value) {
      case View view -> add(view);
      case Dictionary dictionary ->
          dictionary.entries().forEach((key, entry) -> visit(key, entry, depth));
      case Sequence sequence -> visit(sequence.items(), depth);
      case Tuple tuple -> visit(tuple.items(), depth);
      case PickleValue.Nothing _,
          PickleValue.Truth _,
          PickleValue.Whole _,
          PickleValue.Large _,
          PickleValue.Real _,
          PickleValue.Text _,
          PickleValue.Bytes _,
          PickleValue.Name _,
          PickleValue.Opaque _,
          Storage _ -> {}
    }
  }

  private void visit(List<PickleValue> items, int depth) {
    for (int i = 0; i < items.size(); i++) {
      visit(Integer.toString(i), items.get(i), depth);
    }
  }

  private void visit(String step, PickleValue value, int depth) {
    int before = path.length();
    if (before > 0) {
      path.append('.');
    }
    // One letter more than may be is enough to be refused.
    path.append(step, 0, Math.min(step.length(), LONGEST_NAME + 1));
    visit(value, depth + 1);
    path.setLength(before);
  }

  private void add(View view) {
    String name = path.toString();
    if (name.length() > LONGEST_NAME || name.isEmpty()) {
      throw label.broken(
          "has a tensor of the name %s, which has no letters or more than %d; it is damaged or forged, download it again"
              .formatted(FileLabel.quote(name), LONGEST_NAME));
    }
    if (!names.add(name)) {
      throw label.broken(
          "has two tensors of the name %s; it is damaged or forged, download it again"
              .formatted(FileLabel.quote(name)));
    }
    if (found.size() == MOST_TENSORS) {
      throw tooMuch();
    }
    Storage storage = view.storage();
    StorageData bytes = data.apply(storage);
    int width = storage.dtype().bytes();
    TorchTensor tensor =
        new TorchTensor(
            name,
            storage.dtype(),
            view.layout().shape(),
            () -> StridedCopy.inOrder(bytes.bytes().get(), view.layout(), width));
    found.add(new Found(bytes.start() + view.layout().offset() * width, tensor));
  }

  /** What stands beside the tensors as text or number, such as {@code global_step}. */
  private static Map<String, String> metadata(Dictionary outer) {
    Map<String, String> metadata = new LinkedHashMap<>();
    outer
        .entries()
        .forEach((key, value) -> {
          String text =
              switch (value) {
                case PickleValue.Text(String string) -> string;
                case PickleValue.Whole(long number) -> Long.toString(number);
                case PickleValue.Real(double number) -> Double.toString(number);
                case PickleValue.Truth(boolean truth) -> Boolean.toString(truth);
                default -> "";
              };
          if (!text.isEmpty() && metadata.size() < MOST_METADATA) {
            metadata.put(key, text);
          }
        });
    return metadata;
  }

  private BrokenFileException tooMuch() {
    return label.broken(
        "holds more, or deeper nested, than weights do (at most %d tensors among %d values, %d deep); it is damaged or forged, download it again"
            .formatted(MOST_TENSORS, MOST_VALUES, DEEPEST));
  }
}
