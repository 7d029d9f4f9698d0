package io.songe.checkpoint.original;

import io.songe.model.clip.ClipTextConfig;
import java.util.List;
import java.util.SequencedMap;

/**
 * Where a file has one of its text encoders.
 *
 * @param text what the names of its tensors begin with
 * @param open whether it is OpenCLIP's
 */
record TextPrefix(String text, boolean open) {
  private static final String FIRST = "cond_stage_model.";
  private static final String XL = "conditioner.embedders.";
  private static final String CLIP = "transformer.";
  private static final String CLIP_TEXT = "transformer.text_model.";
  private static final String OPEN_CLIP = "model.";

  /** Those of a kind as its authors wrote them. */
  static List<TextPrefix> usual(OriginalKind kind) {
    return switch (kind) {
      case STABLE_DIFFUSION_1 -> List.of(new TextPrefix(FIRST + CLIP_TEXT, false));
      case STABLE_DIFFUSION_2 -> List.of(new TextPrefix(FIRST + OPEN_CLIP, true));
      case XL ->
          List.of(
              new TextPrefix(XL + "0." + CLIP_TEXT, false),
              new TextPrefix(XL + "1." + OPEN_CLIP, true));
      case XL_REFINER -> List.of(new TextPrefix(XL + "0." + OPEN_CLIP, true));
    };
  }

  /** Those of a kind as a file has them: early merges lack a part of the name. */
  static List<TextPrefix> of(OriginalKind kind, OriginalTensors tensors) {
    return usual(kind).stream()
        .map(usual -> {
          String shorter = usual.text.replace(CLIP_TEXT, CLIP);
          return !usual.open && tensors.has(shorter + "embeddings.token_embedding.weight")
              ? new TextPrefix(shorter, false)
              : usual;
        })
        .toList();
  }

  ClipTextConfig config(OriginalTensors tensors, OriginalKind kind) {
    OriginalTensors inside = tensors.in(text);
    if (!open) {
      return OriginalClip.config(inside);
    }
    return kind == OriginalKind.STABLE_DIFFUSION_2
        ? OpenClip.configWithoutLast(inside)
        : OpenClip.config(inside);
  }

  SequencedMap<String, Placement> placements(ClipTextConfig config) {
    return open ? OpenClip.placements(config) : OriginalClip.placements(config);
  }

  boolean isUnneeded(String name, ClipTextConfig config) {
    if (open) {
      return name.startsWith(text) && OpenClip.isUnneeded(name.substring(text.length()), config);
    }
    String embedder = text.substring(0, text.indexOf(CLIP));
    return OriginalClip.UNNEEDED.stream()
        .anyMatch(unneeded ->
            name.equals(text + unneeded)
                || name.equals(embedder + CLIP + unneeded)
                || name.equals(embedder + unneeded));
  }
}
