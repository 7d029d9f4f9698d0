package io.songe.diffusion;

import io.songe.error.InvalidRequestException;
import io.songe.tensor.Tensor;

/**
 * All that a configuration, a kind of solver and a number of steps decide: which noise levels are
 * visited, what the network is told at each, and in what scale samples enter and leave. A picture
 * is drawn as {@code finish(sampler.sample(denoiser(...), start(noise), sigmas(), ...))}.
 *
 * @param sigmas the noise levels
 * @param schedule which timestep the network is told at each of them
 * @param prediction what the network's output means
 * @param startScale factor of the noise from which sampling starts
 * @param finishScale factor of what a sampler returns
 * @param sampleLimit the greatest magnitude of a clean sample; may be infinite
 */
public record SamplingPlan(
    Sigmas sigmas,
    NoiseSchedule schedule,
    Prediction prediction,
    double startScale,
    double finishScale,
    double sampleLimit) {

  /**
   * Plans the steps.
   *
   * @param config of the model
   * @param grid of the sampler
   * @param schedule how noise levels are chosen
   * @param steps how many, from 1 to the number of training steps
   * @return a plan of so many steps, or of one less where the last would not change the sample, or
   *     of as many as the schedule's {@link SigmaCurve} gives levels
   * @throws InvalidRequestException if there are too few or too many steps
   */
  public static SamplingPlan of(
      SchedulerConfig config, StepGrid grid, SigmaSchedule schedule, int steps) {
    return new StepPlanner(config, grid, steps)
        .plan(schedule instanceof SigmaSchedule.Model ? config.schedule() : schedule);
  }

  /**
   * The denoiser that a sampler is given.
   *
   * @param network the raw network
   * @param guidance how strongly samples are drawn towards what is wanted
   * @param wanted what the samples shall fit
   * @param unwanted what they shall be drawn away from
   * @return a denoiser that lives in the present scope
   */
  public Denoiser denoiser(
      NoisePredictor network, Guidance guidance, Conditioning wanted, Conditioning unwanted) {
    Denoiser guided =
        guidance.guide(new Preconditioned(network, prediction, schedule), wanted, unwanted);
    return sampleLimit == Double.POSITIVE_INFINITY
        ? guided
        : (x, sigma) -> guided.denoise(x, sigma).clamp(-sampleLimit, sampleLimit);
  }

  /**
   * Where sampling starts from nothing but noise.
   *
   * @param noise of standard deviation 1
   * @return the first sample, at the level {@code sigmas().first()}
   */
  public Tensor start(Tensor noise) {
    return noise.times(startScale);
  }

  /**
   * Where sampling starts from a picture.
   *
   * @param clean the sample to start from
   * @param noise of standard deviation 1, as {@code clean}
   * @return the first sample, at the level {@code sigmas().first()}
   */
  public Tensor start(Tensor clean, Tensor noise) {
    return clean.plus(noise.times(sigmas.first()));
  }

  /**
   * Hands out what a sampler returned. The identity unless the levels end above 0.
   *
   * @param sampled at the level {@code sigmas().last()}
   * @return the sample in the scale in which the solver's reference leaves it
   */
  public Tensor finish(Tensor sampled) {
    return finishScale == 1 ? sampled : sampled.times(finishScale);
  }

  /**
   * The last part of this plan, for starting from a picture. Meng et al. 2022, section 3.
   *
   * @param strength which share of the steps is kept, in (0, 1]; 1 forgets the picture almost
   * @return a plan of {@code strength * steps} steps, rounded down
   * @throws InvalidRequestException if the strength is out of its range or no step remains
   */
  public SamplingPlan forStrength(double strength) {
    if (!(strength > 0 && strength <= 1)) {
      throw new InvalidRequestException(
          "the denoising strength must be above 0 and at most 1, got " + strength);
    }
    int kept = (int) (sigmas.steps() * strength);
    if (kept == 0) {
      throw new InvalidRequestException(
          "a denoising strength of "
              + strength
              + " leaves none of "
              + sigmas.steps()
              + " steps; take more steps or a greater strength");
    }
    Sigmas rest = sigmas.from(sigmas.steps() - kept);
    return new SamplingPlan(rest, schedule, prediction, rest.first(), finishScale, sampleLimit);
  }
}
