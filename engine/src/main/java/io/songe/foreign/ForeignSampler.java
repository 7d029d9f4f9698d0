package io.songe.foreign;

import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.SamplerRow;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.InvalidRequestException;
import java.util.Optional;
import java.util.Set;

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

  /** What samplers of A1111 use where they are not asked for another. */
  private static final String EVEN = "uniform";

  /** They do not go by A1111's noise levels. */
  private static final Set<String> TIMESTEPS_OF_THEIR_OWN =
      Set.of("ddim", "plms", "unipc", "lcm", "tcd");

  static ForeignSampler of(Program program, String sampler, Optional<String> schedule) {
    return switch (program) {
      case A1111 -> ofWebUi(sampler, schedule.orElse(""));
      case COMFYUI, FOOOCUS, SONGE -> byName(sampler, schedule);
      case INVOKEAI -> ofInvokeAi(sampler);
      case NOVELAI -> ofNovelAi(sampler, schedule);
    };
  }

  /**
   * Since version 1.9 the schedule is named, if only as the sampler's own. Before, it was part of
   * the sampler's name, and without it was even.
   */
  private static ForeignSampler ofWebUi(String sampler, String schedule) {
    boolean own = schedule.equalsIgnoreCase("automatic");
    if (!schedule.isEmpty() && !own) {
      return byName(sampler, Optional.of(schedule));
    }
    boolean combined = Samplers.catalogue().find(sampler).isEmpty();
    Optional<Samplers.Choice> choice = chosen(sampler);
    return new ForeignSampler(
        choice.map(Samplers.Choice::sampler),
        choice.map(it -> {
          SigmaSchedules.Row row = own || combined ? it.schedule() : SigmaSchedules.MODEL;
          boolean even =
              row.equals(SigmaSchedules.MODEL)
                  && !TIMESTEPS_OF_THEIR_OWN.contains(it.sampler().id());
          return even ? SigmaSchedules.get(EVEN) : row;
        }));
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
