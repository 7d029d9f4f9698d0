package io.songe.foreign;

import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.SamplerRow;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.InvalidRequestException;
import java.util.Optional;

/**
 * What a program's names of a sampler and a schedule are here.
 *
 * @param sampler ours of that name, if there is one
 * @param schedule ours of that name, or the one that goes with the sampler; empty if one is named
 *     that is not known here
 */
record ForeignSampler(Optional<SamplerRow> sampler, Optional<SigmaSchedules.Row> schedule) {
  /** InvokeAI's mark of the schedule of Karras et al. at the end of a sampler's name. */
  private static final String KARRAS_MARK = "_k";

  static ForeignSampler of(Program program, String sampler, Optional<String> schedule) {
    return switch (program) {
      case A1111, FOOOCUS -> byName(sampler, schedule.flatMap(ForeignSampler::unlessAutomatic));
      case COMFYUI -> byName(sampler, schedule);
      case INVOKEAI -> ofInvokeAi(sampler);
      case NOVELAI -> ofNovelAi(sampler, schedule);
    };
  }

  private static Optional<String> unlessAutomatic(String schedule) {
    return Optional.of(schedule).filter(name -> !name.equalsIgnoreCase("automatic"));
  }

  private static ForeignSampler byName(String sampler, Optional<String> schedule) {
    return new ForeignSampler(
        chosen(sampler).map(Samplers.Choice::sampler),
        schedule.isPresent()
            ? schedule.flatMap(ForeignSampler::scheduleNamed)
            : chosen(sampler).map(Samplers.Choice::schedule));
  }

  /** ComfyUI's names come first: it means something else by "beta" than A1111 does. */
  private static Optional<SigmaSchedules.Row> scheduleNamed(String name) {
    return SigmaSchedules.catalogue().rows().stream()
        .filter(row -> row.comfyId().equals(name))
        .findFirst()
        .or(() -> SigmaSchedules.catalogue().find(name));
  }

  private static Optional<Samplers.Choice> chosen(String sampler) {
    try {
      return Optional.of(Samplers.choose(sampler, ""));
    } catch (InvalidRequestException unknown) {
      return Optional.empty();
    }
  }

  private static ForeignSampler ofInvokeAi(String name) {
    boolean karras = name.endsWith(KARRAS_MARK);
    String sampler = karras ? name.substring(0, name.length() - KARRAS_MARK.length()) : name;
    return new ForeignSampler(
        chosen(sampler).map(Samplers.Choice::sampler),
        Optional.of(karras ? SigmaSchedules.KARRAS : SigmaSchedules.MODEL));
  }

  private static ForeignSampler ofNovelAi(String name, Optional<String> schedule) {
    String sampler = name.startsWith("k_") ? name.substring("k_".length()) : name;
    Optional<String> named = schedule.filter(text -> !text.equals("native"));
    return new ForeignSampler(
        chosen(sampler).map(Samplers.Choice::sampler),
        named.isPresent()
            ? named.flatMap(ForeignSampler::scheduleNamed)
            : Optional.of(SigmaSchedules.MODEL));
  }
}
