package io.songe.diffusion.sampler;

import io.songe.tensor.Tensor;
import io.songe.tensor.TensorOwner;
import java.util.ArrayList;
import java.util.List;

/**
 * What a multistep method remembers: the tensors of its latest noise levels, newest first. It keeps
 * copies, which outlive the scope of their step.
 */
final class History implements AutoCloseable {
  private final int length;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * An empty history.
   *
   * @param length how many tensors are kept, at least 1
   */
  History(int length) {
    this.length = length;
  }

  private record Entry(double sigma, Tensor tensor, TensorOwner owner) {}

  /** Remembers a tensor, and forgets the oldest where there are too many. */
  void add(double sigma, Tensor tensor) {
    TensorOwner owner = new TensorOwner();
    entries.addFirst(new Entry(sigma, owner.own(tensor.copy()), owner));
    if (entries.size() > length) {
      entries.removeLast().owner().close();
    }
  }

  /** {@return how many tensors there are} */
  int size() {
    return entries.size();
  }

  /** {@return a tensor; 0 is the newest} */
  Tensor at(int back) {
    return entries.get(back).tensor();
  }

  /** {@return the noise level of a tensor} */
  double sigma(int back) {
    return entries.get(back).sigma();
  }

  /** {@return the noise levels of the newest tensors, newest first} */
  double[] sigmas(int count) {
    return entries.subList(0, count).stream().mapToDouble(Entry::sigma).toArray();
  }

  /**
   * By how much a weighted mean of the newest tensors differs from the newest, added to a tensor.
   * Where the newest has all the weight, the tensor comes back as it is, to the last digit.
   *
   * @param base to which the difference is added
   * @param factor of the difference
   * @param weights of the newest tensors, newest first; their sum is 1
   */
  Tensor addMeanTo(Tensor base, double factor, double... weights) {
    Tensor sum = base;
    for (int k = 1; k < weights.length; k++) {
      sum = sum.plus(at(k).minus(at(0)).times(factor * weights[k]));
    }
    return sum;
  }

  @Override
  public void close() {
    entries.forEach(entry -> entry.owner().close());
    entries.clear();
  }
}
