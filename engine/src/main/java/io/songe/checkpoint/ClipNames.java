package io.songe.checkpoint;

import java.util.Optional;

/**
 * What the published text encoders call their tensors. Files of transformers before version 5 put
 * {@code text_model.} before all but the projection, and the oldest carry a table of positions that
 * is only a count.
 */
final class ClipNames {
  private static final String PREFIX = "text_model.";

  static final ComponentWeights.Names NAMES =
      new ComponentWeights.Names(ClipNames::ours, ClipNames::theirs);

  private ClipNames() {}

  private static Optional<String> ours(String theirs) {
    String name = theirs.startsWith(PREFIX) ? theirs.substring(PREFIX.length()) : theirs;
    return name.equals("embeddings.position_ids") ? Optional.empty() : Optional.of(name);
  }

  /** The older name, which every version reads; before version 5 none reads the newer. */
  private static String theirs(String ours) {
    return ours.startsWith("text_projection.") ? ours : PREFIX + ours;
  }
}
