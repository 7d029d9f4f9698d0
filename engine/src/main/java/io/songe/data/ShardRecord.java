package io.songe.data;

import io.songe.format.JsonConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * One shard of a corpus, as {@code corpus.json} tells of it.
 *
 * @param name of its file
 * @param bytes of the file
 * @param sha256 of the file
 * @param drawings how many it holds
 * @param inputs a fingerprint of all that it was made of: the same inputs, the same shard
 * @param skipped what should have been in it
 */
public record ShardRecord(
    String name, long bytes, String sha256, int drawings, String inputs, List<Skipped> skipped) {
  /** A record with its list copied. */
  public ShardRecord {
    skipped = List.copyOf(skipped);
  }

  static ShardRecord of(String name, JsonConfig json) {
    List<Skipped> skipped = new ArrayList<>();
    json.optionalObject("skipped")
        .ifPresent(
            all -> all.keys().forEach(what -> skipped.add(new Skipped(what, all.string(what)))));
    return new ShardRecord(
        name,
        json.longInteger("bytes"),
        json.string("sha256"),
        json.integer("drawings"),
        json.string("inputs"),
        skipped);
  }

  SequencedMap<String, Object> json() {
    SequencedMap<String, Object> json = new TreeMap<>();
    json.put("bytes", bytes);
    json.put("sha256", sha256);
    json.put("drawings", drawings);
    json.put("inputs", inputs);
    if (!skipped.isEmpty()) {
      json.put("skipped", byName(skipped));
    }
    return json;
  }

  /** What was skipped by its name, under which reasons are joined. */
  static SequencedMap<String, Object> byName(List<Skipped> skipped) {
    SequencedMap<String, Object> byName = new TreeMap<>();
    skipped.forEach(one -> byName.merge(one.what(), one.why(), (a, b) -> a + "; " + b));
    return byName;
  }
}
