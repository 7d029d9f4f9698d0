package io.songe.checkpoint.adapter;

import io.songe.file.FileLabel;
import io.songe.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a LoRA adds to a certain model.
 *
 * @param parts what is added to the weights of each network by our names, in the order of the
 *     networks
 */
record LoraFit(List<Map<String, LoraModule>> parts) {
  /**
   * Finds the layers that a LoRA changes.
   *
   * @param lora opened
   * @param networks of a model
   * @return what is added to them
   * @throws io.songe.error.BrokenFileException if a layer is not in the model or of another shape
   */
  static LoraFit of(Lora lora, List<AdaptedPart> networks) {
    Map<String, Place> places = new HashMap<>();
    List<Map<String, LoraModule>> parts = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      int part = i;
      networks
          .get(i)
          .weightsByName()
          .forEach((name, weight) -> places.put(name, new Place(part, weight)));
      parts.add(new HashMap<>());
    }
    Set<String> missing = new TreeSet<>();
    Set<String> misshaped = new LinkedHashSet<>();
    String example = "";
    for (LoraModule module : lora.modules().values()) {
      Place place = places.get(AdaptedPart.underscored(module.name()));
      if (place == null) {
        missing.add(module.name());
        continue;
      }
      Shape needed = networks.get(place.part).tensors().get(place.weight);
      if (needed == null || !module.shape().equals(kernel(needed))) {
        example = misshaped.isEmpty() ? " is for " + module.shape() + ", not " + needed : example;
        misshaped.add(module.name());
        continue;
      }
      if (parts.get(place.part).put(place.weight, module) != null) {
        throw lora.label()
            .broken(
                "calls a layer of the model by two names, one of them %s; it holds several LoRAs, or is damaged"
                    .formatted(FileLabel.shorten(module.name())));
      }
    }
    if (!missing.isEmpty() || !misshaped.isEmpty()) {
      throw lora.label().broken(misfit(lora, missing, misshaped, example));
    }
    return new LoraFit(List.copyOf(parts));
  }

  private record Place(int part, String weight) {}

  private static Shape kernel(Shape weight) {
    return Shape.of(weight.dim(0), weight.dim(1), LoraModule.side(weight), LoraModule.side(weight));
  }

  private static String misfit(
      Lora lora, Set<String> missing, Set<String> misshaped, String example) {
    List<String> reasons = new ArrayList<>();
    if (!missing.isEmpty()) {
      reasons.add(
          "%d %s not in the model, such as %s"
              .formatted(
                  missing.size(),
                  missing.size() == 1 ? "is" : "are",
                  String.join(", ", Lora.some(missing))));
    }
    if (!misshaped.isEmpty()) {
      reasons.add(
          "%d %s another shape there, such as %s, which%s"
              .formatted(
                  misshaped.size(),
                  misshaped.size() == 1 ? "has" : "have",
                  Lora.some(misshaped).getFirst(),
                  example));
    }
    return "does not fit this model: of the %d layers that it changes, %s%s; nothing was changed, choose a LoRA made for this kind of model"
        .formatted(
            lora.modules().size(),
            String.join(", and ", reasons),
            lora.madeFor().map(made -> "; it was made for " + made).orElse(""));
  }
}
