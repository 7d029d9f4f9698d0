package io.songe.diffusion;

import java.util.List;

/**
 * The variances of noise that the steps of training add: beta of Ho, Jain and Abbeel 2020, equation
 * 2. Computed in single precision, because the networks were trained with the rounded numbers.
 */
public sealed interface Betas {
  /** {@return the variance of each training step, in (0, 1)} */
  float[] toArray();

  /**
   * Equally spaced. Ho et al. 2020, section 4.
   *
   * @param first in (0, 1)
   * @param last in (0, 1)
   * @param count number of training steps, at least 2
   */
  record Linear(double first, double last, int count) implements Betas {
    /** Checks the ranges. */
    public Linear {
      check(first, last, count);
    }

    @Override
    public float[] toArray() {
      return spaced(first, last, count);
    }
  }

  /**
   * Squares of equally spaced numbers, as latent diffusion has them. Rombach et al. 2022.
   *
   * @param first in (0, 1)
   * @param last in (0, 1)
   * @param count number of training steps, at least 2
   */
  record ScaledLinear(double first, double last, int count) implements Betas {
    /** Checks the ranges. */
    public ScaledLinear {
      check(first, last, count);
    }

    /** {@return those of Stable Diffusion 1, 2 and XL} */
    public static ScaledLinear stableDiffusion() {
      return new ScaledLinear(0.00085, 0.012, 1000);
    }

    @Override
    public float[] toArray() {
      float[] betas = spaced(Math.sqrt(first), Math.sqrt(last), count);
      for (int t = 0; t < count; t++) {
        betas[t] *= betas[t];
      }
      return betas;
    }
  }

  /**
   * Those whose remaining signal falls as a squared cosine, at most 0.999. Nichol and Dhariwal
   * 2021, equation 17.
   *
   * @param count number of training steps, at least 2
   */
  record SquaredCosine(int count) implements Betas {
    private static final double OFFSET = 0.008;
    private static final double GREATEST = 0.999;

    /** Checks the range. */
    public SquaredCosine {
      checkCount(count);
    }

    @Override
    public float[] toArray() {
      float[] betas = new float[count];
      for (int t = 0; t < count; t++) {
        double kept = signal((t + 1) / (double) count) / signal(t / (double) count);
        betas[t] = (float) Math.min(1 - kept, GREATEST);
      }
      return betas;
    }

    private static double signal(double time) {
      double cosine = Math.cos((time + OFFSET) / (1 + OFFSET) * Math.PI / 2);
      return cosine * cosine;
    }
  }

  /**
   * Given one by one.
   *
   * @param variances at least 2, each in (0, 1)
   */
  record Trained(List<Float> variances) implements Betas {
    /** Checks the ranges and copies the list. */
    public Trained {
      variances = List.copyOf(variances);
      checkCount(variances.size());
      variances.forEach(beta -> check(beta, beta, 2));
    }

    @Override
    public float[] toArray() {
      float[] betas = new float[variances.size()];
      for (int t = 0; t < betas.length; t++) {
        betas[t] = variances.get(t);
      }
      return betas;
    }
  }

  private static void check(double first, double last, int count) {
    checkCount(count);
    if (!(first > 0 && first < 1 && last > 0 && last < 1)) {
      throw new IllegalArgumentException(
          "betas are variances between 0 and 1, got " + first + " to " + last);
    }
  }

  private static void checkCount(int count) {
    if (count < 2) {
      throw new IllegalArgumentException("a schedule has at least 2 training steps, got " + count);
    }
  }

  /** Counts from both ends, as PyTorch does: so the last number is exact. */
  private static float[] spaced(double from, double to, int count) {
    float first = (float) from;
    float last = (float) to;
    float step = (last - first) / (count - 1);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i < count / 2 ? first + step * i : last - step * (count - 1 - i);
    }
    return numbers;
  }
}
