package io.songe.diffusion;

import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The estimates of a denoiser for all that is wanted and for what is not. Several things are wanted
 * at once by adding up what each would change. Liu et al. 2022, "Compositional Visual Generation
 * with Composable Diffusion Models", equation 11.
 *
 * @param denoiser estimates the clean sample given a conditioning
 * @param wanted at least one
 * @param unwanted what the changes are measured from
 */
record Composed(ConditionalDenoiser denoiser, List<Wanted> wanted, Conditioning unwanted) {
  /**
   * Estimates at one noise level.
   *
   * @param wanted of all that is wanted: {@code unwanted + sum weight (wanted - unwanted)}
   * @param unwanted of what is not
   */
  record Estimates(Tensor wanted, Tensor unwanted) {}

  /** Asks the denoiser: once if one thing is wanted and its shape allows, else for each. */
  interface Asked {
    Estimates at(Tensor x, double sigma);
  }

  /** {@return the way to ask, with what it needs in the present scope} */
  Asked asked() {
    Wanted first = wanted.getFirst();
    if (wanted.size() > 1 || !first.conditioning().joins(unwanted)) {
      return this::oneByOne;
    }
    Conditioning both = first.conditioning().followedBy(unwanted);
    return (x, sigma) -> {
      Tensor twice = Tensor.concat(List.of(x, x), 0);
      List<Tensor> halves = denoiser.denoise(twice, sigma, both).chunk(2, 0);
      return estimates(halves.subList(0, 1), halves.get(1));
    };
  }

  private Estimates oneByOne(Tensor x, double sigma) {
    List<Tensor> estimates = new ArrayList<>();
    for (Wanted each : wanted) {
      estimates.add(denoiser.denoise(x, sigma, each.conditioning()));
    }
    return estimates(estimates, denoiser.denoise(x, sigma, unwanted));
  }

  private Estimates estimates(List<Tensor> each, Tensor from) {
    if (isOneWhole(wanted)) {
      return new Estimates(each.getFirst(), from);
    }
    Tensor sum = from;
    for (int i = 0; i < each.size(); i++) {
      sum = sum.plus(each.get(i).minus(from).times(wanted.get(i).weight()));
    }
    return new Estimates(sum, from);
  }

  /** {@return whether one thing is wanted, wholly: the unwanted then does not change it} */
  static boolean isOneWhole(List<Wanted> wanted) {
    return wanted.size() == 1 && wanted.getFirst().weight() == 1;
  }
}
