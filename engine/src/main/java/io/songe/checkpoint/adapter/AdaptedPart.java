package io.songe.checkpoint.adapter;

import io.songe.error.EngineException;
import io.songe.tensor.Shape;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network that a LoRA may change.
 *
 * @param kind what its layers are called behind
 * @param tensors the shapes of its tensors by our names, as they are without adapters
 * @param originals the names of its tensors in the files of the original program by our names,
 *     empty where LoRAs do not use them
 */
public record AdaptedPart(Kind kind, Map<String, Shape> tensors, Map<String, String> originals) {
  private static final String WEIGHT = ".weight";

  /** The forms in which attention was named while it was a processor's. */
  private static final Map<String, String> PROCESSED =
      Map.of("to_q", "to_q", "to_k", "to_k", "to_v", "to_v", "to_out.0", "to_out");

  private static final Map<String, String> ENCODED =
      Map.of("q_proj", "to_q", "k_proj", "to_k", "v_proj", "to_v", "out_proj", "to_out");

  /** Which network of a model it is. */
  public enum Kind {
    /** What removes noise. */
    UNET,
    /** The only text encoder of its model. */
    TEXT,
    /** The first of two. */
    FIRST_TEXT,
    /** The second of two, also where the first is missing. */
    SECOND_TEXT
  }

  /** Copies the maps. */
  public AdaptedPart {
    tensors = Map.copyOf(tensors);
    originals = Map.copyOf(originals);
  }

  /**
   * All names by which LoRAs call its layers, with every dot an underscore: so they can be compared
   * in one way, for from an underscore nobody can tell which of the two it was.
   *
   * @return our names of the weights by those names
   */
  Map<String, String> weightsByName() {
    Map<String, String> names = new HashMap<>();
    tensors.forEach((weight, shape) -> {
      if (weight.endsWith(WEIGHT) && shape.rank() >= 2) {
        String layer = weight.substring(0, weight.length() - WEIGHT.length());
        for (String name : namesOf(layer)) {
          String other = names.put(underscored(name), weight);
          if (other != null && !other.equals(weight)) {
            throw new EngineException(
                "%s and %s are both called %s".formatted(other, weight, underscored(name)));
          }
        }
      }
    });
    return names;
  }

  /** What names of layers begin with, kohya's and then that of diffusers. */
  private List<String> prefixes() {
    return switch (kind) {
      case UNET -> List.of("lora_unet_", "unet_", "", "base_model_model_", "diffusion_model_");
      case TEXT -> List.of("lora_te_", "text_encoder_");
      case FIRST_TEXT -> List.of("lora_te1_", "text_encoder_");
      case SECOND_TEXT -> List.of("lora_te2_", "text_encoder_2_");
    };
  }

  private Set<String> namesOf(String layer) {
    Set<String> paths = new LinkedHashSet<>(List.of(layer));
    int last = layer.lastIndexOf('.', layer.endsWith(".0") ? layer.length() - 3 : layer.length());
    String block = layer.substring(0, last + 1);
    String map = layer.substring(last + 1);
    Set<String> names = new LinkedHashSet<>();
    if (kind == Kind.UNET) {
      if (PROCESSED.containsKey(map)) {
        paths.add(block + "processor." + PROCESSED.get(map));
      }
      String original = originals.get(layer + WEIGHT);
      if (original != null) {
        paths.add(original.substring(0, original.length() - WEIGHT.length()));
      }
      prefixes().forEach(prefix -> paths.forEach(path -> names.add(prefix + path)));
    } else {
      if (ENCODED.containsKey(map)) {
        paths.add(block + ENCODED.get(map));
      }
      for (String prefix : prefixes()) {
        paths.forEach(path -> names.addAll(List.of(prefix + path, prefix + "text_model_" + path)));
      }
    }
    return names;
  }

  /** {@return a name as all are compared} */
  static String underscored(String name) {
    return name.replace('.', '_');
  }
}
