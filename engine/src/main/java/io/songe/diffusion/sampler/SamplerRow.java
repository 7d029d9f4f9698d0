package io.songe.diffusion.sampler;

import io.songe.diffusion.SamplingPlan;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.SigmaSchedule;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.StepGrid;
import java.util.List;
import java.util.Map;

/**
 * All that is known of a sampler.
 *
 * @param id our name, stable
 * @param label A1111's name; what people are shown
 * @param comfyId ComfyUI's name, or empty
 * @param diffusersClass diffusers' class, or empty
 * @param diffusersOptions options that make that class this sampler
 * @param aliases what else it is called
 * @param sampler the algorithm with its usual options; a model may {@linkplain Sampler#tunedTo set
 *     others}
 * @param grid where it puts its timesteps
 * @param schedule the sigma schedule where none is asked for, as in A1111
 * @param order of convergence: halving the steps' length divides the error by 2 to this power; 0
 *     for those that only a model distilled for few steps fits
 * @param evaluations how often a step asks the denoiser; one to noise level 0 does so once, and the
 *     first of PLMS once more
 * @param stochastic whether it adds noise on the way
 */
public record SamplerRow(
    String id,
    String label,
    String comfyId,
    String diffusersClass,
    Map<String, String> diffusersOptions,
    List<String> aliases,
    Sampler sampler,
    StepGrid grid,
    SigmaSchedules.Row schedule,
    int order,
    int evaluations,
    boolean stochastic) {
  /** Copies the collections. */
  public SamplerRow {
    diffusersOptions = Map.copyOf(diffusersOptions);
    aliases = List.copyOf(aliases);
  }

  /** {@return whether it takes as many steps as it needs, whatever number was asked for} */
  public boolean choosesSteps() {
    return sampler instanceof DpmAdaptive;
  }

  /**
   * Plans the steps of this sampler.
   *
   * @param config of the model
   * @param sigmas how noise levels are chosen
   * @param steps how many
   * @return the plan
   * @throws io.songe.error.InvalidRequestException if there are too few or too many steps
   */
  public SamplingPlan plan(SchedulerConfig config, SigmaSchedule sigmas, int steps) {
    return SamplingPlan.of(config, grid, sigmas, steps);
  }
}
