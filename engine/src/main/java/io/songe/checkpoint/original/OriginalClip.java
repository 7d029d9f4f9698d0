package io.songe.checkpoint.original;

import io.songe.model.clip.ClipTextConfig;
import io.songe.model.clip.ClipTextConfig.Activation;
import io.songe.model.clip.ClipTextConfig.EndOfText;
import io.songe.model.clip.ClipTextConfig.Projection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * OpenAI's text encoder in the original files, which is named as we name it, and its config read
 * off the shapes.
 */
final class OriginalClip {
  /** In all published encoders, OpenCLIP's too; narrower ones, such as tests have, get one head. */
  private static final int HEAD_WIDTH = 64;

  static final double EPSILON = 1e-5;

  private static final List<String> LAYERS =
      List.of(
          "layer_norm1",
          "self_attn.q_proj",
          "self_attn.k_proj",
          "self_attn.v_proj",
          "self_attn.out_proj",
          "layer_norm2",
          "mlp.fc1",
          "mlp.fc2");

  /** A count, and what compares a text with pictures: behind the encoder's prefix. */
  static final Set<String> UNNEEDED =
      Set.of("embeddings.position_ids", "text_projection.weight", "logit_scale");

  private OriginalClip() {}

  /** The config of the encoder at which the tensors are. */
  static ClipTextConfig config(OriginalTensors tensors) {
    int vocabulary = tensors.size("embeddings.token_embedding.weight", 0);
    int width = tensors.size("embeddings.token_embedding.weight", 1);
    return new ClipTextConfig(
        vocabulary,
        width,
        tensors.size("encoder.layers.0.mlp.fc1.weight", 0),
        tensors.count("encoder.layers.%d.mlp.fc1.weight"),
        heads(width),
        tensors.size("embeddings.position_embedding.weight", 0),
        Activation.QUICK_GELU,
        EPSILON,
        new EndOfText.FirstOf(vocabulary - 1),
        new Projection.None());
  }

  static int heads(int width) {
    return Math.max(1, width / HEAD_WIDTH);
  }

  /** Where each of our tensors is, by our name. */
  static SequencedMap<String, Placement> placements(ClipTextConfig config) {
    SequencedMap<String, Placement> placements = new LinkedHashMap<>();
    put(placements, "embeddings.token_embedding.weight");
    put(placements, "embeddings.position_embedding.weight");
    for (int i = 0; i < config.layers(); i++) {
      for (String layer : LAYERS) {
        put(placements, "encoder.layers." + i + "." + layer + ".weight");
        put(placements, "encoder.layers." + i + "." + layer + ".bias");
      }
    }
    put(placements, "final_layer_norm.weight");
    put(placements, "final_layer_norm.bias");
    return placements;
  }

  private static void put(SequencedMap<String, Placement> placements, String name) {
    placements.put(name, Placement.whole(name));
  }
}
