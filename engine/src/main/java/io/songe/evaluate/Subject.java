package io.songe.evaluate;

import io.songe.checkpoint.DrawingStyle;
import java.util.List;

/**
 * The model that is evaluated, and how it draws.
 *
 * @param name what to call it
 * @param weightsSha256 fingerprint of its weights; empty if nobody knows
 * @param styles that it was taught by name
 * @param steps of the sampler
 * @param guidance how strongly it is drawn towards the phrase
 * @param guidanceRescale how far its guided output is given the spread of the unguided one, from 0
 *     to 1
 * @param sampler the algorithm and its schedule
 * @param side height and width of its pictures, in pixels
 */
public record Subject(
    String name,
    String weightsSha256,
    List<DrawingStyle> styles,
    int steps,
    double guidance,
    double guidanceRescale,
    String sampler,
    int side) {
  /** A subject with its list copied. */
  public Subject {
    styles = List.copyOf(styles);
  }
}
