package io.songe.checkpoint.adapter;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** For which family of models a LoRA was made, for messages alone. */
final class LoraOrigin {
  private static final String SD1 = "Stable Diffusion 1";
  private static final String SD2 = "Stable Diffusion 2";
  private static final String SD3 = "Stable Diffusion 3";
  private static final String XL = "Stable Diffusion XL";
  private static final String REFINER = "the refiner of Stable Diffusion XL";
  private static final String FLUX = "FLUX";

  /** By the width of the text's features, to which attn2 listens. */
  private static final Map<Long, String> BY_WIDTH =
      Map.of(768L, SD1, 1024L, SD2, 2048L, XL, 1280L, REFINER);

  private LoraOrigin() {}

  /**
   * Guesses a family.
   *
   * @param said what the file's header says of its base
   * @param modules by the file's names
   */
  static Optional<String> guess(List<String> said, SequencedMap<String, LoraModule> modules) {
    return modules.entrySet().stream()
        .flatMap(each -> byModule(each.getKey(), each.getValue()).stream())
        .findFirst()
        .or(() -> said.stream().flatMap(text -> bySaying(text).stream()).findFirst());
  }

  private static Optional<String> byModule(String name, LoraModule module) {
    if (name.contains("double_blocks")
        || name.contains("single_blocks")
        || name.contains("single_transformer_blocks")) {
      return Optional.of(FLUX);
    }
    if (name.contains("joint_blocks")) {
      return Optional.of(SD3);
    }
    return name.contains("attn2") && name.endsWith("to_k")
        ? Optional.ofNullable(BY_WIDTH.get(module.down().shape().dim(1)))
        : Optional.empty();
  }

  private static Optional<String> bySaying(String text) {
    String base = text.toLowerCase(Locale.ROOT);
    if (base.contains("flux")) {
      return Optional.of(FLUX);
    }
    if (base.contains("xl")) {
      return Optional.of(XL);
    }
    if (base.contains("diffusion-v1") || base.startsWith("sd_v1")) {
      return Optional.of(SD1);
    }
    if (base.contains("diffusion-v2") || base.startsWith("sd_v2")) {
      return Optional.of(SD2);
    }
    return base.contains("diffusion-3") || base.startsWith("sd3")
        ? Optional.of(SD3)
        : Optional.empty();
  }
}
