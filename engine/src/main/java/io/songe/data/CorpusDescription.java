package io.songe.data;

import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.format.JsonConfig;
import io.songe.format.JsonConfigWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What {@code corpus.json} says of a finished corpus.
 *
 * @param side height and width of every picture, in pixels
 * @param settings how it was built, by name: what it was asked for, and the versions of what it was
 *     made of; sorted by name
 * @param shards in the order of their names
 * @param skipped what did not come as far as a shard
 */
public record CorpusDescription(
    int side,
    SequencedMap<String, String> settings,
    List<ShardRecord> shards,
    List<Skipped> skipped) {
  /** The name of the file. */
  public static final String FILE = "corpus.json";

  private static final String FORMAT = "songe-corpus";
  private static final int VERSION = 1;

  /** A description with its collections copied. */
  public CorpusDescription {
    settings = Collections.unmodifiableSequencedMap(new TreeMap<>(settings));
    shards = List.copyOf(shards);
    skipped = List.copyOf(skipped);
  }

  /**
   * Reads the description of a finished corpus.
   *
   * @param folder of the corpus
   * @return the description
   * @throws InvalidRequestException if the folder does not exist or holds no finished corpus
   * @throws io.songe.error.BrokenFileException if the file cannot be understood
   */
  public static CorpusDescription read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidRequestException(
          "%s: there is no such folder; build a corpus there with 'songe corpus build'"
              .formatted(FileLabel.ofFolder(folder).text()));
    }
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      throw new InvalidRequestException(
          "%s holds no finished corpus (there is no %s); build one, or let its build go on, with 'songe corpus build'"
              .formatted(FileLabel.ofFolder(folder).text(), FILE));
    }
    return parse(JsonConfig.read(file));
  }

  private static CorpusDescription parse(JsonConfig json) {
    if (!json.string("format").equals(FORMAT) || json.integer("version") != VERSION) {
      throw json.label()
          .broken(
              "is format %s, version %d; this version of Songe reads %s, version %d: build the corpus anew"
                  .formatted(
                      FileLabel.quote(json.string("format")),
                      json.integer("version"),
                      FORMAT,
                      VERSION));
    }
    JsonConfig settings = json.object("settings");
    SequencedMap<String, String> read = new TreeMap<>();
    settings.keys().forEach(key -> read.put(key, settings.string(key)));
    JsonConfig shards = json.object("shards");
    List<ShardRecord> records = new ArrayList<>();
    shards.keys().stream()
        .sorted()
        .forEach(name -> records.add(ShardRecord.of(name, shards.object(name))));
    List<Skipped> skipped = new ArrayList<>();
    JsonConfig left = json.object("skipped");
    left.keys().forEach(what -> skipped.add(new Skipped(what, left.string(what))));
    var description = new CorpusDescription(json.integer("side"), read, records, skipped);
    if (description.side() < 1 || description.drawings() != json.integer("drawings")) {
      throw json.label()
          .broken(
              "says %d drawings of side %d, but its shards hold %d; build the corpus anew"
                  .formatted(json.integer("drawings"), description.side(), description.drawings()));
    }
    return description;
  }

  /** {@return how many drawings all shards hold} */
  public int drawings() {
    return shards.stream().mapToInt(ShardRecord::drawings).sum();
  }

  /**
   * {@return what the content is, as 64 hexadecimal digits: a hash of the side and of the shards'
   * hashes}
   */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(("side " + side + "\n").getBytes(StandardCharsets.UTF_8));
      shards.forEach(shard ->
          digest.update(
              (shard.sha256() + " " + shard.name() + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }

  /** Writes the file, by which a corpus is finished. */
  void write(Path folder) {
    SequencedMap<String, Object> records = new TreeMap<>();
    shards.forEach(shard -> records.put(shard.name(), shard.json()));
    JsonConfigWriter.write(
        folder.resolve(FILE),
        Map.of(
            "format", FORMAT,
            "version", VERSION,
            "side", side,
            "drawings", drawings(),
            "settings", settings,
            "shards", records,
            "skipped", ShardRecord.byName(skipped)));
  }
}
