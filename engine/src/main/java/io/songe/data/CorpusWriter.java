package io.songe.data;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileHash;
import io.songe.file.FileLabel;
import io.songe.format.JsonConfig;
import io.songe.format.JsonConfigWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Writes a corpus, shard by shard. Until it is finished the folder has no {@code corpus.json}; what
 * is known of finished shards lies in its folder {@code building}, so that a build that was broken
 * off keeps them.
 */
public final class CorpusWriter {
  private static final String BUILDING = "building";
  private static final String SHARD = ".tar";

  private final Path folder;
  private final int side;
  private final SequencedMap<String, String> settings;
  private final Map<String, ShardRecord> known;

  private CorpusWriter(
      Path folder,
      int side,
      SequencedMap<String, String> settings,
      Map<String, ShardRecord> known) {
    this.folder = folder;
    this.side = side;
    this.settings = new TreeMap<>(settings);
    this.known = known;
  }

  /**
   * Begins a corpus, or goes on with one.
   *
   * @param folder need not exist; empty, or begun or finished with the same settings
   * @param side height and width of every picture, in pixels
   * @param settings how it is built, by name
   * @return the writer
   * @throws InvalidRequestException if the folder holds something else
   * @throws BrokenFileException if it cannot be written
   */
  public static CorpusWriter begin(Path folder, int side, SequencedMap<String, String> settings) {
    try {
      Map<String, ShardRecord> known = new HashMap<>();
      Path building = folder.resolve(BUILDING);
      if (Files.exists(folder.resolve(CorpusDescription.FILE))) {
        CorpusDescription old = CorpusDescription.read(folder);
        requireSame(folder, old, side, settings);
        old.shards().forEach(shard -> known.put(shard.name(), shard));
      } else if (Files.isDirectory(building)) {
        for (Path record : list(building, file -> file.toString().endsWith(".json"))) {
          JsonConfig json = JsonConfig.read(record);
          ShardRecord shard = ShardRecord.of(json.string("name"), json);
          known.put(shard.name(), shard);
        }
      } else if (Files.exists(folder) && !list(folder, _ -> true).isEmpty()) {
        throw new InvalidRequestException(
            "%s is not empty and holds no corpus; give a new folder"
                .formatted(FileLabel.ofFolder(folder).text()));
      }
      Files.createDirectories(building);
      return new CorpusWriter(folder, side, settings, known);
    } catch (IOException failure) {
      throw unwritable(folder, failure);
    }
  }

  private static void requireSame(
      Path folder, CorpusDescription old, int side, SequencedMap<String, String> settings) {
    if (old.side() != side) {
      throw new InvalidRequestException(
          "%s holds a corpus of side %d, not %d; give a new folder"
              .formatted(FileLabel.ofFolder(folder).text(), old.side(), side));
    }
    TreeMap<String, String> other = new TreeMap<>(old.settings());
    other.entrySet().removeAll(settings.entrySet());
    if (!other.isEmpty() || old.settings().size() != settings.size()) {
      throw new InvalidRequestException(
          "%s holds a corpus built with other settings (%s); give a new folder"
              .formatted(FileLabel.ofFolder(folder).text(), FileLabel.shorten(other.toString())));
    }
  }

  /**
   * A shard that is there already.
   *
   * @param number of the shard, from 0
   * @param inputs the fingerprint of all that it is to be made of
   * @return its record, if it was made of the same and is whole
   */
  public Optional<ShardRecord> finished(int number, String inputs) {
    ShardRecord record = known.get(name(number));
    Path file = folder.resolve(name(number));
    if (record == null || !record.inputs().equals(inputs) || !Files.exists(file)) {
      return Optional.empty();
    }
    return FileHash.sha256(file).equals(record.sha256()) ? Optional.of(record) : Optional.empty();
  }

  /**
   * Writes a shard, and a note that it is finished.
   *
   * @param number of the shard, from 0
   * @param inputs the fingerprint of all that it was made of
   * @param pictures in the order of their keys
   * @param skipped what should have been in it
   * @return its record
   * @throws BrokenFileException if it cannot be written
   */
  public ShardRecord write(
      int number, String inputs, List<CorpusPicture> pictures, List<Skipped> skipped) {
    try {
      Files.deleteIfExists(folder.resolve(CorpusDescription.FILE));
      Path file = folder.resolve(name(number));
      ShardFile.write(file, pictures);
      var record =
          new ShardRecord(
              name(number),
              Files.size(file),
              FileHash.sha256(file),
              pictures.size(),
              inputs,
              skipped);
      note(record);
      return record;
    } catch (IOException failure) {
      throw unwritable(folder, failure);
    }
  }

  private void note(ShardRecord record) {
    Map<String, Object> json = record.json();
    json.put("name", record.name());
    JsonConfigWriter.write(folder.resolve(BUILDING).resolve(record.name() + ".json"), json);
  }

  /**
   * Finishes the corpus: from now on it can be opened.
   *
   * @param shards all of them, in order
   * @param skipped what did not come as far as a shard
   * @return what the corpus is
   * @throws BrokenFileException if it cannot be written
   */
  public CorpusDescription finish(List<ShardRecord> shards, List<Skipped> skipped) {
    var description = new CorpusDescription(side, settings, shards, skipped);
    try {
      List<String> names = shards.stream().map(ShardRecord::name).toList();
      for (Path stale : list(folder, file -> isStale(file, names, description.sha256()))) {
        Files.delete(stale);
      }
      description.write(folder);
      for (Path note : list(folder.resolve(BUILDING), _ -> true)) {
        Files.delete(note);
      }
      Files.delete(folder.resolve(BUILDING));
    } catch (IOException failure) {
      throw unwritable(folder, failure);
    }
    return description;
  }

  private static boolean isStale(Path file, List<String> shards, String sha256) {
    String name = file.getFileName().toString();
    return (name.matches("\\d{5}\\" + SHARD) && !shards.contains(name))
        || (UnpackedPictures.isUnpacked(name) && !name.equals(UnpackedPictures.name(sha256)));
  }

  private static String name(int number) {
    return "%05d%s".formatted(number, SHARD);
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(wanted).sorted().toList();
    }
  }

  private static BrokenFileException unwritable(Path folder, IOException failure) {
    return FileLabel.ofFolder(folder)
        .broken(
            "cannot be written (%s); free some space or choose another folder"
                .formatted(FileLabel.reason(failure)),
            failure);
  }
}
