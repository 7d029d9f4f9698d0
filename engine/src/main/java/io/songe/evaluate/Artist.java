package io.songe.evaluate;

import io.songe.image.Image;

/** Whoever is evaluated: draws a picture of a phrase. */
@FunctionalInterface
public interface Artist {
  /**
   * Draws.
   *
   * @param phrase what to draw
   * @param seed which of all such pictures; the same phrase and seed give the same picture
   * @return the picture
   */
  Image draw(String phrase, long seed);
}
