package io.songe.text.syntax;

/** When a phrase changes. */
public sealed interface Moment {
  /**
   * The last step before the change.
   *
   * @param pass the steps
   * @return its number: at most the number of steps, then there is no change; 0 and less if the
   *     change is before the first step
   */
  int lastStep(SamplingPass pass);

  /**
   * After a share of the steps: a number with a point. 1.0 to 2.0 are shares of the second pass.
   *
   * @param share of the first pass's steps in [0, 1], though any number may be written
   */
  record Share(double share) implements Moment {
    @Override
    public int lastStep(SamplingPass pass) {
      int earlierPasses = pass.earlierSteps() == 0 ? 0 : 1;
      return Math.min(pass.steps(), (int) ((share - earlierPasses) * pass.steps()));
    }

    @Override
    public String toString() {
      String number = Numeral.write(share);
      return number.contains(".") ? number : number + ".0";
    }
  }

  /**
   * After a number of steps: a number without a point. Those of a second pass go on from the
   * first's.
   *
   * @param number of steps
   */
  record Step(int number) implements Moment {
    @Override
    public int lastStep(SamplingPass pass) {
      return Math.min(pass.steps(), number - pass.earlierSteps());
    }

    @Override
    public String toString() {
      return String.valueOf(number);
    }
  }

  /**
   * Reads a moment.
   *
   * @param number a text that fits {@link Numeral#PATTERN}
   * @return a share if it has a point, else a step
   */
  static Moment of(String number) {
    double value = Numeral.read(number);
    return number.contains(".") ? new Share(value) : new Step((int) value);
  }
}
