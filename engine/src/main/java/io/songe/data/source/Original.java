package io.songe.data.source;

import io.songe.data.Drawing;

/**
 * A drawing before it was rendered.
 *
 * @param drawing what it is
 * @param artwork where its pixels come from
 */
public record Original(Drawing drawing, Artwork artwork) {}
