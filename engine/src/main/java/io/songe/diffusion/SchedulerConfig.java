package io.songe.diffusion;

import io.songe.error.InvalidRequestException;

/**
 * What a model's {@code scheduler_config.json} says about sampling: how the network was trained,
 * and which sampler its authors meant. The file is read elsewhere; options of it of which one value
 * only is implemented are checked by {@link ImplementedOptions}.
 *
 * @param className diffusers' class, such as {@code EulerDiscreteScheduler}
 * @param betas the variances of the training steps; of no effect for flow models
 * @param zeroTerminalSignal whether the betas are rescaled ({@code rescale_betas_zero_snr})
 * @param prediction what the network's output means
 * @param spacing how timesteps are spaced
 * @param stepsOffset added to LEADING timesteps
 * @param schedule how noise levels are chosen: by the spacing, or along a curve ({@code
 *     use_karras_sigmas}, {@code use_exponential_sigmas}, {@code use_beta_sigmas})
 * @param alphaToOne whether the last step of DDIM and PNDM ends without noise ({@code
 *     set_alpha_to_one}); else it ends at the least noise level of training
 * @param endsAtSigmaMin whether the other samplers end at the least noise level of training ({@code
 *     final_sigmas_type}), not without noise
 * @param stochastic whether DPM-Solver++ adds noise ({@code algorithm_type} {@code
 *     sde-dpmsolver++})
 * @param sampleLimit the greatest magnitude of a clean sample ({@code clip_sample_range}), infinite
 *     for no limit ({@code clip_sample} false)
 * @param flowShift how much a flow model's times are shifted to more noise ({@code shift}); 1 for
 *     not at all
 * @param solver what is said to the class's own kind of solver
 */
public record SchedulerConfig(
    String className,
    Betas betas,
    boolean zeroTerminalSignal,
    Prediction prediction,
    TimestepSpacing spacing,
    int stepsOffset,
    SigmaSchedule schedule,
    boolean alphaToOne,
    boolean endsAtSigmaMin,
    boolean stochastic,
    double sampleLimit,
    double flowShift,
    SolverOptions solver) {
  private static final int FLOW_LENGTH = 1000;

  /**
   * Checks the ranges.
   *
   * @throws InvalidRequestException if a value is out of its range; whoever read the file adds its
   *     name
   */
  public SchedulerConfig {
    if (stepsOffset < 0) {
      throw new InvalidRequestException("steps_offset must be at least 0, got " + stepsOffset);
    }
    if (!(sampleLimit > 0)) {
      throw new InvalidRequestException("clip_sample_range must be above 0, got " + sampleLimit);
    }
    if (!(flowShift > 0 && flowShift < Double.POSITIVE_INFINITY)) {
      throw new InvalidRequestException("shift must be above 0, got " + flowShift);
    }
    if (!(schedule instanceof SigmaSchedule.Model) && !(schedule instanceof SigmaSchedule.Curved)) {
      throw new InvalidRequestException(
          "a scheduler config's schedule is a curve or follows its spacing, got " + schedule);
    }
  }

  /**
   * Starts from what a file means that names its class and says nothing else.
   *
   * @param className diffusers' class
   * @return a builder
   */
  public static Builder builder(String className) {
    return new Builder(className);
  }

  /** {@return the config of Stable Diffusion 1, for checkpoints that come without one} */
  public static SchedulerConfig stableDiffusion1() {
    return builder("PNDMScheduler")
        .betas(Betas.ScaledLinear.stableDiffusion())
        .stepsOffset(1)
        .solver(new SolverOptions.PseudoNumerical(false))
        .build();
  }

  /** {@return whether the model is a rectified flow} */
  public boolean isFlow() {
    return prediction instanceof Prediction.Flow;
  }

  /** {@return the noise levels that the network was trained with} */
  public NoiseSchedule noiseSchedule() {
    return isFlow() ? flowSchedule() : discreteSchedule();
  }

  FlowSchedule flowSchedule() {
    return new FlowSchedule(FLOW_LENGTH);
  }

  DiscreteSchedule discreteSchedule() {
    return zeroTerminalSignal
        ? DiscreteSchedule.withZeroTerminalSignal(betas)
        : DiscreteSchedule.of(betas);
  }

  /** Sets what a file says; the rest has the defaults of diffusers. */
  public static final class Builder {
    private final String className;
    private Betas betas = new Betas.Linear(0.0001, 0.02, 1000);
    private boolean zeroTerminalSignal;
    private Prediction prediction = new Prediction.Epsilon();
    private TimestepSpacing spacing = TimestepSpacing.UNSPECIFIED;
    private int stepsOffset;
    private SigmaSchedule schedule = new SigmaSchedule.Model();
    private boolean alphaToOne;
    private boolean endsAtSigmaMin;
    private boolean stochastic;
    private double sampleLimit = Double.POSITIVE_INFINITY;
    private double flowShift = 1;
    private SolverOptions solver;

    private Builder(String className) {
      this.className = className;
      alphaToOne = !className.equals("PNDMScheduler");
      solver = SolverOptions.of(className);
      if (className.startsWith("FlowMatch")) {
        prediction = new Prediction.Flow();
      }
    }

    /**
     * Sets the variances of the training steps.
     *
     * @param value default: linear, 0.0001 to 0.02, 1000 of them
     * @return this builder
     */
    public Builder betas(Betas value) {
      betas = value;
      return this;
    }

    /**
     * Sets whether the betas are rescaled.
     *
     * @param value default: false
     * @return this builder
     */
    public Builder zeroTerminalSignal(boolean value) {
      zeroTerminalSignal = value;
      return this;
    }

    /**
     * Sets what the network's output means.
     *
     * @param value default: the noise, or the flow's velocity for a class of flow models
     * @return this builder
     */
    public Builder prediction(Prediction value) {
      prediction = value;
      return this;
    }

    /**
     * Sets how timesteps are spaced.
     *
     * @param value default: unspecified
     * @return this builder
     */
    public Builder spacing(TimestepSpacing value) {
      spacing = value;
      return this;
    }

    /**
     * Sets what is added to LEADING timesteps.
     *
     * @param value default: 0
     * @return this builder
     */
    public Builder stepsOffset(int value) {
      stepsOffset = value;
      return this;
    }

    /**
     * Sets how noise levels are chosen.
     *
     * @param value default: by the spacing
     * @return this builder
     */
    public Builder schedule(SigmaSchedule value) {
      schedule = value;
      return this;
    }

    /**
     * Sets whether the last step of DDIM and PNDM ends without noise.
     *
     * @param value default: true, but false for the class {@code PNDMScheduler}
     * @return this builder
     */
    public Builder alphaToOne(boolean value) {
      alphaToOne = value;
      return this;
    }

    /**
     * Sets whether the other samplers end at the least noise level of training.
     *
     * @param value default: false
     * @return this builder
     */
    public Builder endsAtSigmaMin(boolean value) {
      endsAtSigmaMin = value;
      return this;
    }

    /**
     * Sets whether DPM-Solver++ adds noise.
     *
     * @param value default: false
     * @return this builder
     */
    public Builder stochastic(boolean value) {
      stochastic = value;
      return this;
    }

    /**
     * Sets the greatest magnitude of a clean sample.
     *
     * @param value default: infinite, also for the classes that would clip to 1 unless told
     *     otherwise: the pipelines of latent models overrule them
     * @return this builder
     */
    public Builder sampleLimit(double value) {
      sampleLimit = value;
      return this;
    }

    /**
     * Sets how much a flow model's times are shifted.
     *
     * @param value default: 1
     * @return this builder
     */
    public Builder flowShift(double value) {
      flowShift = value;
      return this;
    }

    /**
     * Sets what is said to the class's own kind of solver.
     *
     * @param value default: {@link SolverOptions#of}
     * @return this builder
     */
    public Builder solver(SolverOptions value) {
      solver = value;
      return this;
    }

    /** {@return the config} */
    public SchedulerConfig build() {
      return new SchedulerConfig(
          className,
          betas,
          zeroTerminalSignal,
          prediction,
          spacing,
          stepsOffset,
          schedule,
          alphaToOne,
          endsAtSigmaMin,
          stochastic,
          sampleLimit,
          flowShift,
          solver);
    }
  }
}
