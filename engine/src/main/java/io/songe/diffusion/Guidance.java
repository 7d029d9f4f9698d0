package io.songe.diffusion;

import io.songe.error.InvalidRequestException;
import io.songe.tensor.Tensor;
import java.util.List;

/** How strongly samples are drawn towards what is wanted. */
public sealed interface Guidance {
  /**
   * Settles what is given, so that a sampler sees a plain denoiser. Called inside the scope that
   * the denoiser is to live in: it holds tensors made here.
   *
   * @param denoiser estimates the clean sample given a conditioning
   * @param wanted what the samples shall fit, all at once; at least one thing
   * @param unwanted what they shall be drawn away from, often the empty phrase
   * @return a denoiser
   */
  Denoiser guide(ConditionalDenoiser denoiser, List<Wanted> wanted, Conditioning unwanted);

  /**
   * Settles what is given where one thing is wanted.
   *
   * @param denoiser estimates the clean sample given a conditioning
   * @param wanted what the samples shall fit
   * @param unwanted what they shall be drawn away from, often the empty phrase
   * @return a denoiser
   */
  default Denoiser guide(ConditionalDenoiser denoiser, Conditioning wanted, Conditioning unwanted) {
    return guide(denoiser, List.of(new Wanted(wanted, 1)), unwanted);
  }

  /**
   * Classifier-free guidance of another scale, otherwise like this.
   *
   * @param scale 1 for no guidance, 0 for the unwanted alone; 5 to 8 is usual
   * @return the changed copy
   * @throws InvalidRequestException if the scale is not a finite number
   */
  ClassifierFree withScale(double scale);

  /**
   * Classifier-free guidance with another rescaling, otherwise like this.
   *
   * @param rescale share of the rescaled output, in [0, 1]
   * @return the changed copy
   * @throws InvalidRequestException if the share is not in [0, 1]
   */
  ClassifierFree withRescale(double rescale);

  /**
   * No guidance: what is wanted is given to the network and nothing more is done. Several things,
   * or one of another weight than 1, need the unwanted all the same, as what their changes are
   * measured from.
   */
  record None() implements Guidance {
    @Override
    public ClassifierFree withScale(double scale) {
      return new ClassifierFree(scale);
    }

    @Override
    public ClassifierFree withRescale(double rescale) {
      return new ClassifierFree(1, rescale);
    }

    @Override
    public Denoiser guide(
        ConditionalDenoiser denoiser, List<Wanted> wanted, Conditioning unwanted) {
      if (Composed.isOneWhole(wanted)) {
        Conditioning whole = wanted.getFirst().conditioning();
        return (x, sigma) -> denoiser.denoise(x, sigma, whole);
      }
      Composed.Asked asked = new Composed(denoiser, wanted, unwanted).asked();
      return (x, sigma) -> asked.at(x, sigma).wanted();
    }
  }

  /**
   * Classifier-free guidance: {@code unwanted + scale (wanted - unwanted)}. Ho and Salimans 2022,
   * equation 6, where the weight is {@code scale - 1}. With the scale 1 only what is wanted is
   * evaluated; otherwise both are, in one batch of twice the size where their shapes agree. Where
   * several things are wanted, {@code sum weight (wanted - unwanted)} takes the difference's place.
   *
   * <p>Large scales overexpose. Rescaling brings the deviation of the network's guided output back
   * towards that of the wanted one. Lin et al. 2023, equations 14 to 16.
   *
   * @param scale 1 for no guidance, 0 for the unwanted alone; 5 to 8 is usual
   * @param rescale share of the rescaled output, in [0, 1]; 0 for none, 0.7 is the paper's
   */
  record ClassifierFree(double scale, double rescale) implements Guidance {
    /**
     * Checks the ranges.
     *
     * @throws InvalidRequestException if the scale is not a finite number, or the rescaling is not
     *     in [0, 1]
     */
    public ClassifierFree {
      if (!Double.isFinite(scale)) {
        throw new InvalidRequestException(
            "the guidance scale must be a finite number, got " + scale + "; 7 is usual");
      }
      if (!(rescale >= 0 && rescale <= 1)) {
        throw new InvalidRequestException(
            "the guidance rescale must be from 0 to 1, got " + rescale + "; 0 is usual");
      }
    }

    /**
     * Guidance without rescaling.
     *
     * @param scale 1 for no guidance, 0 for the unwanted alone; 5 to 8 is usual
     */
    public ClassifierFree(double scale) {
      this(scale, 0);
    }

    @Override
    public ClassifierFree withScale(double other) {
      return new ClassifierFree(other, rescale);
    }

    @Override
    public ClassifierFree withRescale(double other) {
      return new ClassifierFree(scale, other);
    }

    @Override
    public Denoiser guide(
        ConditionalDenoiser denoiser, List<Wanted> wanted, Conditioning unwanted) {
      if (scale == 1) {
        return new None().guide(denoiser, wanted, unwanted);
      }
      Composed.Asked asked = new Composed(denoiser, wanted, unwanted).asked();
      return (x, sigma) -> {
        Composed.Estimates estimates = asked.at(x, sigma);
        return mixed(x, denoiser.skip(sigma), estimates.wanted(), estimates.unwanted());
      };
    }

    private Tensor mixed(Tensor x, double skip, Tensor wanted, Tensor unwanted) {
      Tensor guided = unwanted.plus(wanted.minus(unwanted).times(scale));
      if (rescale == 0) {
        return guided;
      }
      Tensor passing = x.times(skip);
      Tensor output = guided.minus(passing);
      Tensor ratio = deviation(wanted.minus(passing)).dividedBy(deviation(output));
      return passing.plus(output.times(ratio.times(rescale).plus(1 - rescale)));
    }

    /** Of each image over channels and pixels, [batch, 1, 1, 1]. */
    private static Tensor deviation(Tensor x) {
      return x.std(1, 2, 3);
    }
  }
}
