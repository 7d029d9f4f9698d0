package io.songe.diffusion;

import io.songe.tensor.Tensor;
import java.util.List;

/**
 * What a network is given beside the noisy sample.
 *
 * @param context features of the phrase, {@code [batch, tokens, width]}, FLOAT32
 * @param added what else some networks want
 */
public record Conditioning(Tensor context, Added added) {
  /** What enters the network by its time embedding. */
  public sealed interface Added {
    /** Nothing. */
    record None() implements Added {}

    /**
     * SDXL's: the pooled text and numbers about the picture. Podell et al. 2023, section 2.2.
     *
     * @param pooled {@code [batch, width]}, FLOAT32
     * @param timeIds {@code [batch, numbers]}, FLOAT32: heights and widths in pixels (original,
     *     crop, target), or an aesthetic score
     */
    record TextTime(Tensor pooled, Tensor timeIds) implements Added {}

    /**
     * A label beside the text.
     *
     * @param label {@code [batch]}, a number such as a level of noise, or {@code [batch, width]}, a
     *     vector such as a picture's features; FLOAT32
     */
    record Label(Tensor label) implements Added {}
  }

  /**
   * Conditioning on a phrase alone.
   *
   * @param context {@code [batch, tokens, width]}, FLOAT32
   * @return the conditioning
   */
  public static Conditioning of(Tensor context) {
    return new Conditioning(context, new Added.None());
  }

  /**
   * Whether another conditioning can stand in one batch with this one.
   *
   * @param other any conditioning
   * @return whether it is of the same kind and its tensors have the same shapes
   */
  public boolean joins(Conditioning other) {
    if (!context.shape().equals(other.context.shape())) {
      return false;
    }
    return switch (added) {
      case Added.None _ -> other.added instanceof Added.None;
      case Added.TextTime mine ->
          other.added instanceof Added.TextTime theirs
              && mine.pooled.shape().equals(theirs.pooled.shape())
              && mine.timeIds.shape().equals(theirs.timeIds.shape());
      case Added.Label mine ->
          other.added instanceof Added.Label theirs
              && mine.label.shape().equals(theirs.label.shape());
    };
  }

  /**
   * Joins two conditionings into one batch.
   *
   * @param other of the same kind and shape but for the batch
   * @return this one's batch followed by the other's
   */
  public Conditioning followedBy(Conditioning other) {
    Added joined =
        switch (added) {
          case Added.None none -> none;
          case Added.TextTime mine -> {
            if (!(other.added instanceof Added.TextTime theirs)) {
              throw ofDifferentKinds(other);
            }
            yield new Added.TextTime(
                Tensor.concat(List.of(mine.pooled, theirs.pooled), 0),
                Tensor.concat(List.of(mine.timeIds, theirs.timeIds), 0));
          }
          case Added.Label mine -> {
            if (!(other.added instanceof Added.Label theirs)) {
              throw ofDifferentKinds(other);
            }
            yield new Added.Label(Tensor.concat(List.of(mine.label, theirs.label), 0));
          }
        };
    return new Conditioning(Tensor.concat(List.of(context, other.context), 0), joined);
  }

  /**
   * A conditioning between this one and another. Features are interpolated token by token, pooled
   * ones text by text; numbers such as sizes always on the straight line.
   *
   * @param other of the same kind and shape
   * @param t how far: 0 is this one, 1 the other, both exactly
   * @param way how features are interpolated
   * @return the conditioning
   * @throws IllegalArgumentException if the two do not match
   */
  public Conditioning between(Conditioning other, double t, Interpolation way) {
    if (!joins(other)) {
      throw new IllegalArgumentException(
          "there is no way between two conditionings of different kinds or shapes: "
              + this
              + " and "
              + other);
    }
    Added between =
        switch (added) {
          case Added.None none -> none;
          case Added.TextTime mine -> {
            Added.TextTime theirs = (Added.TextTime) other.added;
            yield new Added.TextTime(
                way.between(mine.pooled, theirs.pooled, t),
                Interpolation.LINEAR.between(mine.timeIds, theirs.timeIds, t));
          }
          case Added.Label mine ->
              new Added.Label(
                  Interpolation.LINEAR.between(mine.label, ((Added.Label) other.added).label, t));
        };
    return new Conditioning(way.between(context, other.context, t), between);
  }

  private IllegalArgumentException ofDifferentKinds(Conditioning other) {
    return new IllegalArgumentException(
        "two conditionings of different kinds: " + added + " and " + other.added);
  }
}
