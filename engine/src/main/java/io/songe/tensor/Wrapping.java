package io.songe.tensor;

import java.util.function.Supplier;

/**
 * Along which directions networks take a picture as endless: its right edge borders on its left
 * one, its bottom on its top. What they draw then can be laid side by side without a seam.
 *
 * <p>It applies to what a thread computes within {@link #during}, and to nothing else: the networks
 * themselves stay as they are, and other threads may draw other pictures with them meanwhile.
 */
public enum Wrapping {
  /** In no direction: around a picture there are zeros. */
  NONE(false, false),
  /** From left to right. */
  X(true, false),
  /** From top to bottom. */
  Y(false, true),
  /** In both directions. */
  XY(true, true);

  private static final ScopedValue<Wrapping> CURRENT = ScopedValue.newInstance();

  private final boolean across;
  private final boolean down;

  Wrapping(boolean across, boolean down) {
    this.across = across;
    this.down = down;
  }

  /** {@return the wrapping that applies to this thread now} */
  public static Wrapping current() {
    return CURRENT.orElse(NONE);
  }

  /**
   * Computes with this wrapping.
   *
   * @param computation runs once, on this thread
   * @return what it gives
   */
  public <T> T during(Supplier<T> computation) {
    return ScopedValue.where(CURRENT, this).call(computation::get);
  }

  /**
   * Adds to pictures what lies around them: the opposite edges where the present wrapping says so,
   * zeros elsewhere.
   *
   * @param x {@code [batch, channels, height, width]}
   * @param left columns before
   * @param right columns after
   * @param top rows before
   * @param bottom rows after
   * @return {@code [batch, channels, height + top + bottom, width + left + right]}
   */
  public static Tensor pad(Tensor x, long left, long right, long top, long bottom) {
    Wrapping wrapping = current();
    Tensor wide = wrapping.across ? Functional.padWrapped(x, 3, left, right) : x;
    Tensor wrapped = wrapping.down ? Functional.padWrapped(wide, 2, top, bottom) : wide;
    if (wrapping == XY) {
      return wrapped;
    }
    return Functional.padZeros(
        wrapped,
        wrapping.across ? 0 : left,
        wrapping.across ? 0 : right,
        wrapping.down ? 0 : top,
        wrapping.down ? 0 : bottom);
  }
}
