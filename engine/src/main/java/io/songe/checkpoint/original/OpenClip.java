package io.songe.checkpoint.original;

import io.songe.checkpoint.original.Placement.Form;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.clip.ClipTextConfig.Activation;
import io.songe.model.clip.ClipTextConfig.EndOfText;
import io.songe.model.clip.ClipTextConfig.Projection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * OpenCLIP's text encoder in the original files, and its config read off the shapes. Queries, keys
 * and values lie in one tensor, and the projection is turned.
 */
final class OpenClip {
  private static final String PROJECTION = "text_projection";
  private static final String LAYER = "transformer.resblocks.%d.mlp.c_fc.weight";

  /** Of ViT-H/14, with and without the last, which Stable Diffusion 2 does not use. */
  private static final int LAYERS_OF_H = 24;

  private static final List<String> FUSED = List.of("q_proj", "k_proj", "v_proj");

  private static final Map<String, String> LAYERS =
      Map.of(
          "layer_norm1", "ln_1",
          "self_attn.out_proj", "attn.out_proj",
          "layer_norm2", "ln_2",
          "mlp.fc1", "mlp.c_fc",
          "mlp.fc2", "mlp.c_proj");

  private OpenClip() {}

  /** The config of XL's encoder at which the tensors are. */
  static ClipTextConfig config(OriginalTensors tensors) {
    return config(
        tensors, tensors.count(LAYER), new Projection.Shared(tensors.size(PROJECTION, 1)));
  }

  /**
   * The config of Stable Diffusion 2's encoder: without a projection, and without the last layer,
   * which the original files hold although the model was trained on the one before. A file made of
   * a published folder holds neither.
   */
  static ClipTextConfig configWithoutLast(OriginalTensors tensors) {
    int stored = tensors.count(LAYER);
    boolean whole = stored == LAYERS_OF_H || (stored != LAYERS_OF_H - 1 && tensors.has(PROJECTION));
    return config(tensors, whole ? stored - 1 : stored, new Projection.None());
  }

  private static ClipTextConfig config(OriginalTensors tensors, int layers, Projection projection) {
    int vocabulary = tensors.size("token_embedding.weight", 0);
    int width = tensors.size("token_embedding.weight", 1);
    return new ClipTextConfig(
        vocabulary,
        width,
        tensors.size(LAYER.formatted(0), 0),
        layers,
        OriginalClip.heads(width),
        tensors.size("positional_embedding", 0),
        Activation.GELU,
        OriginalClip.EPSILON,
        new EndOfText.FirstOf(vocabulary - 1),
        projection);
  }

  /** Whether a tensor of the file, without its prefix, is known and not needed. */
  static boolean isUnneeded(String name, ClipTextConfig config) {
    boolean projects = config.projection() instanceof Projection.Shared;
    return name.equals("logit_scale")
        || name.equals("attn_mask")
        || (name.equals(PROJECTION) && !projects)
        || (name.startsWith("transformer.resblocks." + config.layers() + ".") && !projects);
  }

  /** Where each of our tensors is, by our name. */
  static SequencedMap<String, Placement> placements(ClipTextConfig config) {
    SequencedMap<String, Placement> placements = new LinkedHashMap<>();
    placements.put("embeddings.token_embedding.weight", Placement.whole("token_embedding.weight"));
    placements.put("embeddings.position_embedding.weight", Placement.whole("positional_embedding"));
    for (int i = 0; i < config.layers(); i++) {
      putLayer(placements, "encoder.layers." + i + ".", "transformer.resblocks." + i + ".");
    }
    put(placements, "final_layer_norm", "ln_final");
    if (config.projection() instanceof Projection.Shared) {
      placements.put("text_projection.weight", new Placement(PROJECTION, new Form.Transposed()));
    }
    return placements;
  }

  private static void putLayer(
      SequencedMap<String, Placement> placements, String ours, String theirs) {
    LAYERS.forEach((our, their) -> put(placements, ours + our, theirs + their));
    for (int i = 0; i < FUSED.size(); i++) {
      String map = ours + "self_attn." + FUSED.get(i);
      Form part = new Form.Part(i, FUSED.size());
      placements.put(map + ".weight", new Placement(theirs + "attn.in_proj_weight", part));
      placements.put(map + ".bias", new Placement(theirs + "attn.in_proj_bias", part));
    }
  }

  private static void put(SequencedMap<String, Placement> placements, String ours, String theirs) {
    placements.put(ours + ".weight", Placement.whole(theirs + ".weight"));
    placements.put(ours + ".bias", Placement.whole(theirs + ".bias"));
  }
}
