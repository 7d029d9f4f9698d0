package io.songe.gallery;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A picture of the gallery, as its index knows it. What a picture made elsewhere does not say is
 * empty.
 *
 * @param id unguessable, of lower-case letters, digits and hyphens
 * @param owner whose it is
 * @param phrase what was asked for
 * @param negative what was to be kept away
 * @param model that drew it
 * @param style that was asked for by name
 * @param sampler its label
 * @param seed of this picture alone
 * @param steps of the sampler; 0 if unknown
 * @param guidance its scale; empty if unknown
 * @param width in pixels
 * @param height in pixels
 * @param created when it was added
 * @param edited whether it began with another picture
 * @param transparent whether any of it is
 * @param colour its mean colour over what is opaque, {@code #rrggbb}
 * @param favourite whether it was marked
 * @param rating 1 to 5 stars; 0 for none
 * @param collections it was put into
 * @param trashed whether it lies in the trash
 */
public record Picture(
    String id,
    String owner,
    String phrase,
    String negative,
    String model,
    String style,
    String sampler,
    Optional<Long> seed,
    int steps,
    Optional<Double> guidance,
    int width,
    int height,
    Instant created,
    boolean edited,
    boolean transparent,
    String colour,
    boolean favourite,
    int rating,
    Set<String> collections,
    boolean trashed) {
  /** Copies the set, in the order of the alphabet. */
  public Picture {
    collections = Collections.unmodifiableSet(new TreeSet<>(collections));
  }
}
