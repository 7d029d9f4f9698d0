package io.songe.format;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A model whose tensors are spread over several files, with an index that says which lies where:
 * {@code model.safetensors.index.json} holds {@code {"metadata": {...}, "weight_map": {name:
 * file}}}. All shards are opened at once (mapping is cheap) and must agree with the index exactly.
 * They must lie beside the index: a shard named by a path is refused.
 */
public final class ShardedWeights implements TensorSource {
  private static final int MOST_SHARDS = 1000;

  // No separators, drive letters, streams, or letters that some file system cannot express.
  private static final Pattern PLAIN_NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.(safetensors|bin)");

  private final FileLabel label;
  private final SequencedMap<String, TensorSource> shardOf;
  private final List<TensorSource> shards;
  private final Map<String, String> metadata;

  private ShardedWeights(
      FileLabel label,
      SequencedMap<String, TensorSource> shardOf,
      List<TensorSource> shards,
      Map<String, String> metadata) {
    this.label = label;
    this.shardOf = Collections.unmodifiableSequencedMap(shardOf);
    this.shards = shards;
    this.metadata = metadata;
  }

  /**
   * Opens an index and all the files it names.
   *
   * @param index a {@code .safetensors.index.json} or {@code .bin.index.json} file, at most 16 MB
   * @return the model's tensors, shard after shard in the order of their file names
   * @throws BrokenFileException if the index is malformed or names a file outside its folder, a
   *     shard is missing or broken, or index and shards disagree
   */
  public static ShardedWeights open(Path index) {
    FileLabel label = FileLabel.of(index);
    JsonConfig weightMap = JsonConfig.read(index).object("weight_map");
    SequencedMap<String, TensorSource> files = new TreeMap<>();
    Map<String, String> fileOf = new HashMap<>();
    for (String tensor : weightMap.keys()) {
      fileOf.put(tensor, weightMap.string(tensor));
    }
    boolean opened = false;
    try {
      for (String file : new LinkedHashSet<>(new TreeMap<>(fileOf).values())) {
        requireBesideIndex(file, label);
        if (files.size() == MOST_SHARDS) {
          throw label.broken("names more than %d shards".formatted(MOST_SHARDS));
        }
        files.put(file, WeightsFile.open(index.resolveSibling(file)));
      }
      ShardedWeights result = join(label, fileOf, files);
      opened = true;
      return result;
    } finally {
      if (!opened) {
        files.values().forEach(TensorSource::close);
      }
    }
  }

  private static ShardedWeights join(
      FileLabel label, Map<String, String> fileOf, SequencedMap<String, TensorSource> files) {
    SequencedMap<String, TensorSource> shardOf = new LinkedHashMap<>();
    files.forEach((file, shard) -> {
      for (String tensor : shard.names()) {
        if (!file.equals(fileOf.get(tensor))) {
          throw label.broken(
              "does not list tensor %s, which is in %s; index and shards are of different models, download all of them again"
                  .formatted(FileLabel.quote(tensor), FileLabel.quote(file)));
        }
        shardOf.put(tensor, shard);
      }
    });
    fileOf.forEach((tensor, file) -> {
      if (!shardOf.containsKey(tensor)) {
        throw label.broken(
            "lists tensor %s in %s, where it is not; index and shards are of different models, download all of them again"
                .formatted(FileLabel.quote(tensor), FileLabel.quote(file)));
      }
    });
    List<TensorSource> shards = List.copyOf(files.values());
    return new ShardedWeights(label, shardOf, shards, commonMetadata(shards));
  }

  private static void requireBesideIndex(String file, FileLabel label) {
    if (!PLAIN_NAME.matcher(file).matches()) {
      throw label.broken(
          "names the shard %s, but a shard must be a plainly named .safetensors or .bin file beside the index; do not trust this model"
              .formatted(FileLabel.quote(file)));
    }
  }

  private static Map<String, String> commonMetadata(List<TensorSource> shards) {
    if (shards.isEmpty()) {
      return Map.of();
    }
    Map<String, String> common = new LinkedHashMap<>(shards.getFirst().metadata());
    shards.forEach(shard -> common.entrySet().retainAll(shard.metadata().entrySet()));
    return Collections.unmodifiableMap(common);
  }

  @Override
  public SequencedSet<String> names() {
    return shardOf.sequencedKeySet();
  }

  @Override
  public TensorInfo describe(String name) {
    return shardWith(name).describe(name);
  }

  @Override
  public StoredTensor get(String name) {
    return shardWith(name).get(name);
  }

  private TensorSource shardWith(String name) {
    TensorSource shard = shardOf.get(name);
    if (shard == null) {
      throw label.broken(
          "has no tensor %s; is it another model's file?".formatted(FileLabel.quote(name)));
    }
    return shard;
  }

  /** {@return the entries that all shards hold with the same text} */
  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public void close() {
    shards.forEach(TensorSource::close);
  }
}
