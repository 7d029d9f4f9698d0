package io.songe.diffusion.sampler;

import io.songe.diffusion.Catalogue;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.StepGrid;
import io.songe.error.InvalidRequestException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The samplers by name: one table for the command line, the APIs and imported pictures. */
public final class Samplers {
  private static final String MULTISTEP_CLASS = "DPMSolverMultistepScheduler";

  private static final SamplerRow EULER =
      new SamplerRow(
          "euler",
          "Euler",
          "euler",
          "EulerDiscreteScheduler",
          Map.of(),
          List.of("k_euler", "FlowMatchEulerDiscreteScheduler"),
          new Euler(),
          StepGrid.EULER,
          SigmaSchedules.MODEL,
          1,
          1,
          false);

  private static final SamplerRow EULER_ANCESTRAL =
      new SamplerRow(
          "euler_a",
          "Euler a",
          "euler_ancestral",
          "EulerAncestralDiscreteScheduler",
          Map.of(),
          List.of("k_euler_a", "k_euler_ancestral"),
          new EulerAncestral(1),
          StepGrid.EULER,
          SigmaSchedules.MODEL,
          1,
          1,
          true);

  private static final SamplerRow HEUN =
      new SamplerRow(
          "heun",
          "Heun",
          "heun",
          "HeunDiscreteScheduler",
          Map.of(),
          List.of("k_heun"),
          new Heun(),
          StepGrid.EULER,
          SigmaSchedules.MODEL,
          2,
          2,
          false);

  private static final SamplerRow DDIM =
      new SamplerRow(
          "ddim",
          "DDIM",
          "ddim",
          "DDIMScheduler",
          Map.of(),
          List.of("k_ddim"),
          new Ddim(0),
          StepGrid.DDIM,
          SigmaSchedules.MODEL,
          1,
          1,
          false);

  private static final SamplerRow DPM_2M =
      new SamplerRow(
          "dpmpp_2m",
          "DPM++ 2M",
          "dpmpp_2m",
          MULTISTEP_CLASS,
          Map.of("algorithm_type", "dpmsolver++"),
          List.of("k_dpmpp_2m"),
          new DpmPlusPlus2M(),
          StepGrid.MULTISTEP,
          SigmaSchedules.KARRAS,
          2,
          1,
          false);

  private static final SamplerRow DPM_2M_SDE =
      new SamplerRow(
          "dpmpp_2m_sde",
          "DPM++ 2M SDE",
          "dpmpp_2m_sde",
          MULTISTEP_CLASS,
          Map.of("algorithm_type", "sde-dpmsolver++"),
          List.of("k_dpmpp_2m_sde", "dpmpp_2m_sde_gpu"),
          new DpmPlusPlus2MSde(),
          StepGrid.MULTISTEP,
          SigmaSchedules.EXPONENTIAL,
          1,
          1,
          true);

  private static final Catalogue<SamplerRow> ROWS =
      new Catalogue<>(
          "sampler",
          Stream.concat(
                  Stream.of(EULER, EULER_ANCESTRAL, HEUN, DDIM, DPM_2M, DPM_2M_SDE),
                  Stream.concat(SchedulerClassRows.ROWS.stream(), KDiffusionRows.ROWS.stream()))
              .toList(),
          SamplerRow::label,
          Samplers::otherNames);

  private Samplers() {}

  /**
   * A sampler together with a sigma schedule.
   *
   * @param sampler the sampler
   * @param schedule the schedule
   */
  public record Choice(SamplerRow sampler, SigmaSchedules.Row schedule) {}

  private static List<String> otherNames(SamplerRow row) {
    Stream<String> one =
        row.diffusersClass().equals(MULTISTEP_CLASS) && row.stochastic()
            ? Stream.of()
            : Stream.of(row.diffusersClass());
    return Stream.of(Stream.of(row.id(), row.comfyId()), one, row.aliases().stream())
        .flatMap(names -> names)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** {@return the table} */
  public static Catalogue<SamplerRow> catalogue() {
    return ROWS;
  }

  /**
   * The sampler of a name.
   *
   * @param name our id, A1111's label, ComfyUI's name, diffusers' class or an alias; case and
   *     punctuation do not count
   * @return its row
   * @throws InvalidRequestException if there is none; the message names the nearest
   */
  public static SamplerRow get(String name) {
    return ROWS.get(name);
  }

  /**
   * What a request means by a sampler and a schedule. Old names that combine both, such as {@code
   * DPM++ 2M Karras}, are understood; where the schedule is given too, it wins.
   *
   * @param sampler any name of a sampler, perhaps followed by one of a schedule
   * @param schedule any name of a schedule, or empty or {@code Automatic} for the sampler's own
   * @return both
   * @throws InvalidRequestException if either is unknown; the message names the nearest
   */
  public static Choice choose(String sampler, String schedule) {
    Choice choice =
        ROWS.find(sampler)
            .map(row -> new Choice(row, row.schedule()))
            .or(() -> combined(sampler))
            .orElseThrow(() -> ROWS.unknown(sampler));
    return schedule.isBlank() || schedule.strip().equalsIgnoreCase("automatic")
        ? choice
        : new Choice(choice.sampler(), SigmaSchedules.get(schedule));
  }

  private static Optional<Choice> combined(String name) {
    String words = name.strip().toLowerCase(Locale.ROOT).replace('_', ' ');
    return SigmaSchedules.catalogue().rows().stream()
        .filter(row -> words.endsWith(" " + row.label().toLowerCase(Locale.ROOT)))
        .flatMap(row ->
            ROWS
                .find(words.substring(0, words.length() - row.label().length()))
                .map(sampler -> new Choice(sampler, row))
                .stream())
        .findFirst();
  }

  /**
   * The sampler that a model's authors meant, with the model's own schedule.
   *
   * @param config of the model
   * @return both
   * @throws InvalidRequestException if the class is unknown; whoever read the file adds its name
   */
  public static Choice of(SchedulerConfig config) {
    String name = config.className();
    SamplerRow row =
        ROWS.rows().stream()
            .filter(candidate -> candidate.stochastic() == config.stochastic())
            .filter(candidate -> candidate.diffusersClass().equals(name))
            .findFirst()
            .or(() -> ROWS.find(name))
            .orElseThrow(() ->
                new InvalidRequestException(
                    "the scheduler class "
                        + name
                        + " is not implemented, nor is one like it; choose a sampler by name: "
                        + ROWS.rows().stream()
                            .map(SamplerRow::label)
                            .collect(Collectors.joining(", "))));
    return new Choice(row, SigmaSchedules.MODEL);
  }
}
