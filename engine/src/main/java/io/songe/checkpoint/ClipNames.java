package io.songe.checkpoint;

import java.util.Optional;

/**
 * What the published text encoders call their tensors: older files put {@code text_model.} before
 * every name, and carry a table of positions that is only a count.
 */
final class ClipNames {
  private static final String PREFIX = "text_model.";

  static final ComponentWeights.Names NAMES = new ComponentWeights.Names(ClipNames::ours);

  private ClipNames() {}

  private static Optional<String> ours(String theirs) {
    String name = theirs.startsWith(PREFIX) ? theirs.substring(PREFIX.length()) : theirs;
    return name.equals("embeddings.position_ids") ? Optional.empty() : Optional.of(name);
  }
}
