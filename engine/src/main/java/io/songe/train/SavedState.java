package io.songe.train;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.format.SafetensorsFile;
import io.songe.format.SafetensorsWriter;
import io.songe.format.StoredTensor;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a run needs to go on as if it had never stopped. The file holds, for every variable {@code
 * v} of every player {@code p}, the tensors
 *
 * <pre>
 * p/variable/v    its value
 * p/first/v       the mean of its gradients
 * p/second/v      the mean of their squares, where the optimizer keeps one
 * p/average/v     the moving average
 * </pre>
 *
 * in FLOAT32, and the metadata {@code format} ({@code songe-run-1}), {@code config} (the SHA-256 of
 * the run's config.json), {@code step} (how many steps were made), {@code seconds} (how long they
 * took) and {@code window} (what was measured since the last row of the metrics; see {@link
 * MetricsWindow}).
 *
 * @param file where it lies, or will
 * @param config fingerprint of the configuration that it must belong to
 */
record SavedState(Path file, String config) {
  private static final String FORMAT = "songe-run-1";
  private static final String AVERAGE = "average";
  private static final long MEGABYTE = 1_000_000;

  /** More than the names of a few thousand tensors need, and a report beside it. */
  private static final long HEADER = 20 * MEGABYTE;

  /** How far a run has come. */
  record Position(long step, double seconds, MetricsWindow window) {}

  /** {@return the name of a tensor in the file} */
  static String tensorName(String player, String kind, String variable) {
    return player + "/" + kind + "/" + variable;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** {@return the number of steps made; 0 if nothing was saved} */
  long steps() {
    return exists() ? read(this::step) : 0;
  }

  /** Refuses a state that is damaged or belongs to another configuration. */
  void check() {
    if (exists()) {
      read(this::position);
    }
  }

  /**
   * Refuses to begin what could not be saved: a new state stands beside the one before until it is
   * whole.
   *
   * @param tensors that it will hold
   * @param free bytes that can be written
   * @throws InvalidRequestException if they are too few
   */
  void requireSpace(Map<String, Variable> tensors, long free) {
    long needed =
        HEADER
            + tensors.values().stream()
                .mapToLong(variable -> variable.shape().elements() * DType.FLOAT32.bytes())
                .sum();
    if (free < needed) {
      throw new InvalidRequestException(
          "the state of this run takes %d MB where %d MB are free; free some space, or choose"
                  .formatted(Math.ceilDiv(needed, MEGABYTE), free / MEGABYTE)
              + " another folder");
    }
  }

  /**
   * Writes it; the state before stays until this one is whole.
   *
   * @param position how far the run has come
   * @param tensors by their names in the file
   * @throws BrokenFileException if that fails
   */
  void write(Position position, Map<String, Variable> tensors) {
    try (Scope _ = Scope.open()) {
      Map<String, Tensor> values = new LinkedHashMap<>();
      tensors.forEach((name, variable) -> values.put(name, variable.value()));
      SafetensorsWriter.write(
          file,
          values,
          Map.of(
              "format", FORMAT,
              "config", config,
              "step", Long.toString(position.step),
              "seconds", Double.toString(position.seconds),
              "window", position.window.toText()));
    }
  }

  /**
   * Sets every tensor from the file.
   *
   * @param tensors by their names in the file
   * @return how far the run had come
   * @throws BrokenFileException if the file holds other tensors
   */
  Position restore(Map<String, Variable> tensors) {
    return read(source -> {
      Position position = position(source);
      requireSameNames(source, tensors);
      tensors.forEach((name, variable) -> {
        StoredTensor stored = source.get(name);
        if (!stored.shape().equals(variable.shape())) {
          throw broken(
              "tensor %s is %s, and this network's is %s"
                  .formatted(name, stored.shape(), variable.shape()));
        }
        try (Scope _ = Scope.open()) {
          variable.set(stored.toTensor());
        }
      });
      return position;
    });
  }

  private void requireSameNames(SafetensorsFile source, Map<String, Variable> tensors) {
    TreeSet<String> missing = new TreeSet<>(tensors.keySet());
    missing.removeAll(source.names());
    TreeSet<String> extra = new TreeSet<>(source.names());
    extra.removeAll(tensors.keySet());
    if (!missing.isEmpty()) {
      throw broken("lacks " + missing.first() + ", which this network has");
    }
    if (!extra.isEmpty()) {
      throw broken("has " + extra.first() + ", which this network lacks");
    }
  }

  /** {@return a player's averages, copied} */
  SequencedMap<String, StoredTensor> averages(String player) {
    if (!exists()) {
      throw new InvalidRequestException(
          "the run in %s has saved nothing yet; train it first"
              .formatted(FileLabel.ofFolder(file.resolveSibling("")).text()));
    }
    String prefix = tensorName(player, AVERAGE, "");
    return read(source -> {
      SequencedMap<String, StoredTensor> averages = new LinkedHashMap<>();
      for (String name : source.names()) {
        if (name.startsWith(prefix)) {
          String variable = name.substring(prefix.length());
          averages.put(variable, copied(source.get(name)).named(variable));
        }
      }
      if (averages.isEmpty()) {
        throw new InvalidRequestException(
            "%s has no player %s".formatted(FileLabel.of(file).text(), FileLabel.quote(player)));
      }
      return averages;
    });
  }

  private static StoredTensor copied(StoredTensor stored) {
    MemorySegment copy =
        MemorySegment.ofArray(stored.data().toArray(ValueLayout.JAVA_BYTE)).asReadOnly();
    return new StoredTensor(stored.name(), stored.dtype(), stored.shape(), copy);
  }

  private Position position(SafetensorsFile source) {
    if (!text(source, "config").equals(config)) {
      throw broken("belongs to a run of another configuration than the config.json beside it");
    }
    try {
      return new Position(
          step(source),
          Double.parseDouble(text(source, "seconds")),
          MetricsWindow.parse(text(source, "window")));
    } catch (IllegalArgumentException malformed) {
      throw broken(
          "its metadata cannot be read: "
              + FileLabel.shorten(String.valueOf(malformed.getMessage())));
    }
  }

  private long step(SafetensorsFile source) {
    if (!text(source, "format").equals(FORMAT)) {
      throw broken(
          "is of the format %s, and only %s is known"
              .formatted(FileLabel.quote(text(source, "format")), FORMAT));
    }
    try {
      return Long.parseLong(text(source, "step"));
    } catch (NumberFormatException malformed) {
      throw broken("its step is no number: " + FileLabel.quote(text(source, "step")));
    }
  }

  private String text(SafetensorsFile source, String key) {
    String text = source.metadata().get(key);
    if (text == null) {
      throw broken("is no state of a run: it has no metadata '" + key + "'");
    }
    return text;
  }

  private <T> T read(Function<SafetensorsFile, T> what) {
    SafetensorsFile source;
    try {
      source = SafetensorsFile.open(file);
    } catch (BrokenFileException damaged) {
      throw new BrokenFileException(damaged.getMessage() + remedy(), damaged);
    }
    try (source) {
      return what.apply(source);
    }
  }

  private BrokenFileException broken(String problem) {
    return FileLabel.of(file).broken(problem + remedy());
  }

  private static String remedy() {
    return "; put back a copy of the state, or begin a run in another folder";
  }
}
