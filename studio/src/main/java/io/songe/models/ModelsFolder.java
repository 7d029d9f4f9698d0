package io.songe.models;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileHash;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder in which models are kept, each a folder or a file, and its index: what each is, where
 * it came from, and what its files hash to. Models put there by hand work too; the index simply
 * does not know them. Several processes may use one folder.
 */
public final class ModelsFolder {
  /** Where downloads wait until they are whole. */
  static final String DOWNLOADS = ".downloads";

  private static final String INDEX = "index.json";
  private static final String LOCK = ".index.lock";
  private static final List<String> COMPANIONS =
      List.of(".yaml", ".yml", ".tokenizer", ".tokenizer_2");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._+-]{0,99}");

  private final Path folder;

  /**
   * A models folder; created when something is put in.
   *
   * @param folder anywhere on the disk
   */
  public ModelsFolder(Path folder) {
    this.folder = folder;
  }

  /** {@return all that the index knows, in the order in which it was added} */
  public List<ModelRecord> records() {
    return ModelIndexJson.read(folder.resolve(INDEX));
  }

  /**
   * Copies a model into this folder and records it.
   *
   * @param model its folder or file
   * @param name under which it is kept
   * @return its record
   * @throws BrokenFileException if it is no model, or cannot be read or written
   * @throws InvalidRequestException if the name is taken or cannot be one
   */
  public ModelRecord add(Path model, String name) {
    Path target = place(name);
    Map<Path, Path> beside = companions(model, target);
    beside.values().forEach(ModelsFolder::requireFree);
    FileLabel label = FileLabel.ofFolder(model);
    List<Path> copied = new ArrayList<>();
    try {
      Inspection.of(model);
      Path copy = folder.resolve("." + name + ".part");
      Files.createDirectories(folder);
      remove(copy);
      try {
        copy(model, copy);
        for (Map.Entry<Path, Path> each : beside.entrySet()) {
          copied.add(each.getValue());
          copy(each.getKey(), each.getValue());
        }
        Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
        copied.clear(); // they belong to the model now
      } finally {
        copied.add(copy);
        for (Path leftOver : copied) {
          remove(leftOver);
        }
      }
      return adopt(name, Optional.empty(), Optional.empty());
    } catch (IOException failure) {
      throw label.broken("cannot be copied to the models folder: " + reason(failure), failure);
    }
  }

  /**
   * Records a model that lies in this folder.
   *
   * @param licence if somebody else than the model itself named one
   * @param origin where it came from
   */
  ModelRecord adopt(String name, Optional<String> licence, Optional<String> origin)
      throws IOException {
    Path model = folder.resolve(name);
    Inspection inspection = Inspection.of(model);
    List<ModelRecord.Entry> files = new ArrayList<>();
    for (Path file : filesOf(model)) {
      files.add(new ModelRecord.Entry(pathBelow(file), Files.size(file), FileHash.sha256(file)));
    }
    ModelRecord record =
        new ModelRecord(
            name,
            inspection.architecture(),
            inspection.precision(),
            licence.orElse(inspection.licence()),
            origin,
            inspection.triggers(),
            files);
    update(records -> {
      List<ModelRecord> updated = new ArrayList<>(records);
      updated.removeIf(other -> other.name().equals(name));
      updated.add(record);
      return updated;
    });
    return record;
  }

  private void update(UnaryOperator<List<ModelRecord>> change) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      ModelIndexJson.write(folder.resolve(INDEX), change.apply(records()));
    }
  }

  /**
   * Compares a model's files with what they were when it was recorded.
   *
   * @param record of the model
   * @return what is wrong with which file; empty if nothing is
   */
  public List<Fault> verify(ModelRecord record) {
    List<Fault> faults = new ArrayList<>();
    for (ModelRecord.Entry entry : record.files()) {
      Path file = folder.resolve(entry.path()).normalize();
      try {
        if (!file.startsWith(folder) || Files.notExists(file)) {
          faults.add(new Fault(entry.path(), Fault.Kind.MISSING));
        } else if (Files.size(file) != entry.size()
            || !FileHash.sha256(file).equals(entry.sha256())) {
          faults.add(new Fault(entry.path(), Fault.Kind.CHANGED));
        }
      } catch (IOException | BrokenFileException unreadable) {
        faults.add(new Fault(entry.path(), Fault.Kind.UNREADABLE));
      }
    }
    return faults;
  }

  /**
   * A file that is not as it was.
   *
   * @param path below the models folder
   * @param kind what is wrong
   */
  public record Fault(String path, Kind kind) {
    /** What can be wrong with a file. */
    public enum Kind {
      /** It is not there. */
      MISSING,
      /** It holds something else. */
      CHANGED,
      /** It cannot be read. */
      UNREADABLE
    }
  }

  /**
   * Where a new model goes.
   *
   * @param name under which it is kept
   * @return the path, at which nothing is yet
   * @throws InvalidRequestException if the name is taken or cannot be one
   */
  Path place(String name) {
    if (!NAME.matcher(name).matches() || name.equals(INDEX) || name.endsWith(".")) {
      throw new InvalidRequestException(
          "a model's name begins with a letter or digit and has up to 100 letters, digits, spaces, '.', '_', '+' and '-', got %s; choose one with --name"
              .formatted(FileLabel.quote(name)));
    }
    Path target = folder.resolve(name);
    requireFree(target);
    return target;
  }

  private static void requireFree(Path target) {
    if (Files.exists(target)) {
      throw new InvalidRequestException(
          "the models folder holds a %s already; choose another name with --name, or remove it first"
              .formatted(FileLabel.quote(String.valueOf(target.getFileName()))));
    }
  }

  /** {@return the folder itself} */
  Path path() {
    return folder;
  }

  private String pathBelow(Path file) {
    return folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }

  private static List<Path> filesOf(Path model) throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path part :
        Stream.concat(Stream.of(model), companions(model, model).keySet().stream()).toList()) {
      try (Stream<Path> files = Files.walk(part)) {
        files.filter(Files::isRegularFile).sorted().forEach(all::add);
      }
    }
    return all;
  }

  /**
   * What belongs to a model of one file and lies beside it under its name: how it was trained, and
   * a tokenizer of its own.
   *
   * @return what is there, and where it goes with a model that goes to the target
   */
  private static Map<Path, Path> companions(Path model, Path target) {
    Map<Path, Path> there = new LinkedHashMap<>();
    if (Files.isRegularFile(model)) {
      for (String extension : COMPANIONS) {
        Path beside = model.resolveSibling(stem(model) + extension);
        if (Files.exists(beside)) {
          there.put(beside, target.resolveSibling(stem(target) + extension));
        }
      }
    }
    return there;
  }

  private static String stem(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.[^.]+$", "");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  /** Removes a file or a folder with all in it; nothing if it is not there. */
  static void remove(Path path) throws IOException {
    if (Files.notExists(path)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(path)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** {@return why something in this folder failed, in a few words} */
  static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _, NoSuchFileException _ -> FileLabel.reason(failure);
      default -> FileLabel.reason(failure) + "; is there room on the disk?";
    };
  }
}
