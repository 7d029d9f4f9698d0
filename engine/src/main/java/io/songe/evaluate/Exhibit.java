package io.songe.evaluate;

import io.songe.image.Image;
import java.util.Optional;

/**
 * A picture on an evaluation's page.
 *
 * @param picture as it was drawn
 * @param beside a real drawing to compare it with
 * @param caption what was asked for
 * @param verdict what was found of it, in words; may be empty
 * @param right whether it is what was asked for, where that can be said
 */
public record Exhibit(
    Image picture,
    Optional<Image> beside,
    String caption,
    String verdict,
    Optional<Boolean> right) {}
