package io.songe.data.source;

import io.songe.data.Skipped;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * All that a corpus is to be made of.
 *
 * @param drawings sorted by key; no key is there twice
 * @param skipped what was found and cannot come in
 * @param settings what they were taken from, by name
 * @param credits who made them; empty where they are somebody's own
 */
public record Originals(
    List<Original> drawings,
    List<Skipped> skipped,
    SequencedMap<String, String> settings,
    List<StylePackage> credits) {
  /** Originals with their lists copied and sorted. */
  public Originals {
    drawings =
        drawings.stream()
            .sorted(Comparator.comparing((Original original) -> original.drawing().key()))
            .toList();
    skipped = List.copyOf(skipped);
    settings = Collections.unmodifiableSequencedMap(new TreeMap<>(settings));
    credits = List.copyOf(credits);
  }
}
