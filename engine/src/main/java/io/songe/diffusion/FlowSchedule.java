package io.songe.diffusion;

/**
 * The schedule of rectified flow, whose samples are {@code (1 - s) x0 + s noise} at a time {@code
 * s} from 0 to 1. Liu, Gong and Liu 2022, equation 1. Divided by {@code 1 - s} that is {@code x0 +
 * sigma noise} with {@code sigma = s / (1 - s)}: the form that every sampler here expects, so that
 * flow models need no samplers of their own. The network is told {@code s} times {@code length}.
 *
 * @param length the timestep of pure noise, 1000 for the published models
 */
public record FlowSchedule(int length) implements NoiseSchedule {
  /** Pure noise, s = 1, has no finite level: this one's signal is below single precision. */
  private static final double PURE_NOISE = 0x1p20;

  /** Checks the length. */
  public FlowSchedule {
    if (length < 2) {
      throw new IllegalArgumentException("a schedule has at least 2 timesteps, got " + length);
    }
  }

  @Override
  public double sigmaMin() {
    return sigma(1);
  }

  @Override
  public double sigmaMax() {
    return PURE_NOISE;
  }

  @Override
  public double timestep(double sigma) {
    double within = Math.min(sigma, PURE_NOISE);
    return length * (within / (1 + within));
  }

  @Override
  public double sigma(double timestep) {
    double time = timestep / length;
    return time >= 1 ? PURE_NOISE : Math.min(time / (1 - time), PURE_NOISE);
  }
}
