package io.songe.checkpoint;

import java.util.Map;
import java.util.Optional;

/** What the published autoencoders call their tensors: the attention was once named otherwise. */
final class AutoencoderNames {
  private static final Map<String, String> OLDER_ATTENTION =
      Map.of("query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");

  static final ComponentWeights.Names NAMES =
      new ComponentWeights.Names(AutoencoderNames::ours, ours -> ours);

  private AutoencoderNames() {}

  private static Optional<String> ours(String theirs) {
    int tensor = theirs.lastIndexOf('.');
    int layer = theirs.lastIndexOf('.', tensor - 1);
    if (layer < 0 || !theirs.contains(".attentions.")) {
      return Optional.of(theirs);
    }
    String newer = OLDER_ATTENTION.get(theirs.substring(layer + 1, tensor));
    return Optional.of(
        newer == null ? theirs : theirs.substring(0, layer + 1) + newer + theirs.substring(tensor));
  }
}
