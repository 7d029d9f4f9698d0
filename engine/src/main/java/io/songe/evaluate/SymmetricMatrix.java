package io.songe.evaluate;

/** Symmetric matrices of a few hundred rows. */
final class SymmetricMatrix {
  private static final int MOST_SWEEPS = 50;
  private static final double NEGLIGIBLE = 1e-22;

  private SymmetricMatrix() {}

  /** Eigenvalues in no particular order, and the eigenvector of value i in column i. */
  static final class Eigen {
    final double[] values;
    final double[][] vectors;

    private Eigen(double[] values, double[][] vectors) {
      this.values = values;
      this.vectors = vectors;
    }
  }

  /**
   * Jacobi's method: rotations that make one pair of entries zero after the other. Golub and Van
   * Loan 2013, algorithm 8.5.2.
   */
  static Eigen eigen(double[][] matrix) {
    int n = matrix.length;
    double[][] a = new double[n][];
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
      v[i][i] = 1;
    }
    double all = squares(a, true);
    for (int sweep = 0; sweep < MOST_SWEEPS && squares(a, false) > NEGLIGIBLE * all; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, v, p, q);
        }
      }
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = a[i][i];
    }
    return new Eigen(values, v);
  }

  /** Golub and Van Loan 2013, algorithm 8.5.1, applied from both sides. */
  private static void rotate(double[][] a, double[][] v, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double tau = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
    double c = 1 / Math.sqrt(1 + t * t);
    double s = t * c;
    for (int k = 0; k < a.length; k++) {
      double kp = a[k][p];
      double kq = a[k][q];
      a[k][p] = c * kp - s * kq;
      a[k][q] = s * kp + c * kq;
      double vp = v[k][p];
      double vq = v[k][q];
      v[k][p] = c * vp - s * vq;
      v[k][q] = s * vp + c * vq;
    }
    double[] rowP = a[p];
    double[] rowQ = a[q];
    for (int k = 0; k < a.length; k++) {
      double pk = rowP[k];
      double qk = rowQ[k];
      rowP[k] = c * pk - s * qk;
      rowQ[k] = s * pk + c * qk;
    }
  }

  private static double squares(double[][] a, boolean diagonal) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        sum += diagonal || i != j ? a[i][j] * a[i][j] : 0;
      }
    }
    return sum;
  }

  /** The root of a matrix without negative eigenvalues; such as rounding makes are taken for 0. */
  static double[][] root(double[][] matrix) {
    Eigen eigen = eigen(matrix);
    int n = matrix.length;
    double[][] root = new double[n][n];
    for (int k = 0; k < n; k++) {
      double scale = Math.sqrt(Math.max(0, eigen.values[k]));
      for (int i = 0; i < n; i++) {
        double left = eigen.vectors[i][k] * scale;
        for (int j = 0; j < n; j++) {
          root[i][j] += left * eigen.vectors[j][k];
        }
      }
    }
    return root;
  }

  /** The product of two square matrices. */
  static double[][] product(double[][] a, double[][] b) {
    int n = a.length;
    double[][] product = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        for (int j = 0; j < n; j++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }
}
