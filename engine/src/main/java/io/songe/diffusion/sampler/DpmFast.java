package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * DPM-Solver-fast. Lu et al. 2022, "DPM-Solver", section 3.4: as many estimates as there are listed
 * steps, spent on steps of third order, and of lower order for the remainder. Its own steps have
 * equal lengths in log sigma from the first listed level to the last one above 0, whatever lies
 * between; the listener hears of these. If the list goes on to 0, one of the estimates is spent on
 * that. Deterministic, as in the paper, k-diffusion and ComfyUI; A1111 adds ancestral noise.
 */
public record DpmFast() implements CorrectingSampler {
  private static final int MOST = 3;

  @Override
  public Tensor correct(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    boolean toZero = sigmas.last() == 0;
    int estimates = toZero ? sigmas.steps() - 1 : sigmas.steps();
    int[] orders = orders(estimates);
    Sigmas own = levels(sigmas.first(), sigmas.at(estimates), orders.length, toZero);
    try (Trajectory path = new Trajectory(x, own, listener)) {
      for (int i = 0; i < own.steps(); i++) {
        try (Scope _ = path.step()) {
          if (own.at(i + 1) == 0) {
            Tensor denoised = denoiser.denoise(path.x(), own.at(i));
            path.moveTo(denoised, denoised);
          } else {
            DpmSolver step = new DpmSolver(denoiser, path.x(), own.at(i), own.at(i + 1));
            path.moveTo(ofOrder(orders[i], step), step.denoised());
          }
        }
      }
      return path.end();
    }
  }

  private static Tensor ofOrder(int order, DpmSolver step) {
    return switch (order) {
      case 1 -> step.firstOrder();
      case 2 -> step.secondOrder();
      default -> step.thirdOrder().high();
    };
  }

  /** Orders whose sum is the number of estimates; they end in 1, 2 or both. */
  static int[] orders(int estimates) {
    int rest = estimates % MOST;
    int thirds = rest == 0 ? estimates / MOST - 1 : estimates / MOST;
    int[] last = rest == 0 ? new int[] {2, 1} : new int[] {rest};
    return estimates == 0
        ? new int[0]
        : IntStream.concat(IntStream.generate(() -> MOST).limit(thirds), IntStream.of(last))
            .toArray();
  }

  private static Sigmas levels(double from, double to, int steps, boolean toZero) {
    double[] levels = new double[toZero ? steps + 2 : steps + 1];
    for (int i = 0; i <= steps; i++) {
      levels[i] = steps == 0 ? from : from * Math.pow(to / from, (double) i / steps);
    }
    return Sigmas.of(levels);
  }
}
