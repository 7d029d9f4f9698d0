package io.songe.pipeline.edit;

import io.songe.tensor.Tensor;

/**
 * How latents are enlarged, with the names and the numbers of A1111 and of PyTorch's {@code
 * interpolate}. All are separable: a matrix along the height and one along the width.
 */
enum LatentScaling {
  /** The latent whose area holds the new one's upper left corner. */
  NEAREST(0, 0, false),
  /** The latent whose area holds the new one's centre. */
  NEAREST_EXACT(0, 0.5, false),
  /** Weights that fall linearly with distance. */
  BILINEAR(1, 0, false),
  /** BILINEAR, with a kernel that widens where latents shrink. */
  BILINEAR_ANTIALIASED(1, 0, true),
  /** Keys 1981, equation 4, with a = -3/4. */
  BICUBIC(2, -0.75, false),
  /** Keys 1981, equation 4, with a = -1/2, and a kernel that widens where latents shrink. */
  BICUBIC_ANTIALIASED(2, -0.5, true);

  private final int reach;
  private final double parameter;
  private final boolean antialiased;

  LatentScaling(int reach, double parameter, boolean antialiased) {
    this.reach = reach;
    this.parameter = parameter;
    this.antialiased = antialiased;
  }

  /**
   * Latents at another size.
   *
   * @param latents {@code [batch, channels, height, width]}
   * @param height new height in latents
   * @param width new width in latents
   * @return {@code [batch, channels, height, width]}
   */
  Tensor apply(Tensor latents, int height, int width) {
    Tensor down = matrix(Math.toIntExact(latents.dim(2)), height);
    Tensor across = matrix(Math.toIntExact(latents.dim(3)), width);
    return down.matmul(latents).matmul(across.transpose(0, 1));
  }

  /** [newSize, size]: how much each old position counts for each new one. */
  private Tensor matrix(int size, int newSize) {
    float[] weights = new float[newSize * size];
    for (int position = 0; position < newSize; position++) {
      if (reach == 0) {
        int from = (int) Math.floor((position + parameter) * size / newSize);
        weights[position * size + from] = 1;
      } else {
        spread(weights, position, size, newSize);
      }
    }
    return Tensor.of(weights, newSize, size);
  }

  /** Without antialiasing the edge goes on beyond the sides; with it what is beyond is left out. */
  private void spread(float[] weights, int position, int size, int newSize) {
    double scale = (double) size / newSize;
    double widening = antialiased ? Math.max(scale, 1) : 1;
    double centre = (position + 0.5) * scale - 0.5;
    int first = (int) Math.ceil(centre - reach * widening);
    int last = (int) Math.floor(centre + reach * widening);
    double sum = 0;
    for (int i = first; i <= last; i++) {
      boolean inside = i >= 0 && i < size;
      double weight = inside || !antialiased ? weight((i - centre) / widening) : 0;
      weights[position * size + Math.clamp(i, 0, size - 1)] += (float) weight;
      sum += weight;
    }
    for (int i = 0; i < size; i++) {
      weights[position * size + i] /= (float) sum;
    }
  }

  private double weight(double distance) {
    double x = Math.abs(distance);
    if (x >= reach) {
      return 0;
    }
    if (reach == 1) {
      return 1 - x;
    }
    return x < 1
        ? ((parameter + 2) * x - (parameter + 3)) * x * x + 1
        : ((parameter * x - 5 * parameter) * x + 8 * parameter) * x - 4 * parameter;
  }
}
