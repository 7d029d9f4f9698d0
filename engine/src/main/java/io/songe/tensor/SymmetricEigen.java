package io.songe.tensor;

import io.songe.error.EngineException;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.global.torch;

/**
 * What a symmetric matrix does: it stretches along its eigenvectors by its eigenvalues.
 *
 * @param values {@code [n]}, the smallest first
 * @param vectors {@code [n, n]}: that of value i in column i, of length 1
 */
public record SymmetricEigen(Tensor values, Tensor vectors) {
  /**
   * Finds them.
   *
   * @param matrix {@code [n, n]}, FLOAT32 or FLOAT64; only its lower half is looked at
   * @return eigenvalues and eigenvectors in the same type
   * @throws EngineException if it is no square matrix, or has numbers that are not finite
   */
  public static SymmetricEigen of(Tensor matrix) {
    try {
      T_TensorTensor_T found = torch.linalg_eigh(matrix.torch);
      return new SymmetricEigen(new Tensor(found.get0()), new Tensor(found.get1()));
    } catch (RuntimeException failed) {
      throw new EngineException("symmetric eigenvalues of " + matrix + " cannot be had", failed);
    }
  }

  /**
   * {@return the roots of the eigenvalues, [n]} Values below 0, such as rounding makes, are taken
   * for 0.
   */
  public Tensor roots() {
    return values.clamp(0, Double.MAX_VALUE).sqrt();
  }

  /** {@return the matrix of which the square is this one, [n, n]; with {@link #roots()}} */
  public Tensor root() {
    return vectors.times(roots()).matmul(vectors.transpose(0, 1));
  }
}
