package io.songe.checkpoint;

import io.songe.checkpoint.adapter.AdaptedPart;
import io.songe.checkpoint.adapter.AdaptedPart.Kind;
import io.songe.checkpoint.original.OriginalUNetNames;
import io.songe.diffusion.NoisePredictor;
import io.songe.model.unet.UNetConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shows adapters the networks of a model that they may change. */
final class AdaptedParts {
  private AdaptedParts() {}

  /** {@return the U-Net, then the text encoders in the order in which their features are joined} */
  static List<AdaptedPart> of(
      ModelFamily family,
      LoadedNetwork<UNetConfig, NoisePredictor> unet,
      List<LoadedTower> towers) {
    List<AdaptedPart> parts = new ArrayList<>();
    parts.add(new AdaptedPart(Kind.UNET, unet.origin().tensors(), originalNames(unet.config())));
    List<Kind> kinds = kinds(family);
    for (int i = 0; i < towers.size(); i++) {
      parts.add(
          new AdaptedPart(kinds.get(i), towers.get(i).network().origin().tensors(), Map.of()));
    }
    return parts;
  }

  private static List<Kind> kinds(ModelFamily family) {
    return switch (family) {
      case ModelFamily.StableDiffusion _ -> List.of(Kind.TEXT);
      case ModelFamily.StableDiffusionXl _ -> List.of(Kind.FIRST_TEXT, Kind.SECOND_TEXT);
      case ModelFamily.StableDiffusionXlRefiner _ -> List.of(Kind.SECOND_TEXT);
    };
  }

  /** A U-Net that the original program did not know has no names there. */
  private static Map<String, String> originalNames(UNetConfig config) {
    try {
      Map<String, String> names = new HashMap<>();
      OriginalUNetNames.of(config).forEach((ours, place) -> names.put(ours, place.name()));
      return names;
    } catch (IllegalArgumentException unknownThere) {
      return Map.of();
    }
  }
}
