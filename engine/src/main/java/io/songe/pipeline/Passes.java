package io.songe.pipeline;

import io.songe.diffusion.SamplingPlan;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.sampler.Samplers;
import io.songe.pipeline.edit.SecondPass;
import java.util.Optional;

/**
 * The steps that a request takes, planned before any work.
 *
 * @param first what draws the picture
 * @param second what draws it again at a higher resolution
 */
record Passes(SamplingPlan first, Optional<SamplingPlan> second) {
  /**
   * Plans.
   *
   * @throws io.songe.error.InvalidRequestException if the sampler cannot take so many steps, or the
   *     strength leaves none
   */
  static Passes of(GenerationRequest request, SchedulerConfig scheduler) {
    Samplers.Choice chosen = request.sampler();
    return new Passes(
        plan(chosen, scheduler, request.steps(), request.edit().start().strength()),
        switch (request.edit().secondPass()) {
          case SecondPass.None _ -> Optional.empty();
          case SecondPass.Enlarged pass ->
              Optional.of(plan(chosen, scheduler, pass.steps(), pass.strength()));
        });
  }

  private static SamplingPlan plan(
      Samplers.Choice chosen, SchedulerConfig scheduler, int steps, double strength) {
    SamplingPlan plan = chosen.sampler().plan(scheduler, chosen.schedule().schedule(), steps);
    return strength == 1 ? plan : plan.forStrength(strength);
  }

  /** {@return how many steps a picture takes in all} */
  int steps() {
    return first.sigmas().steps() + second.map(plan -> plan.sigmas().steps()).orElse(0);
  }
}
