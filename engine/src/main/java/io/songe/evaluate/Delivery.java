package io.songe.evaluate;

import io.songe.evaluate.judge.Features;
import io.songe.evaluate.judge.JudgedDrawings;
import io.songe.evaluate.judge.Opinion;
import io.songe.image.Image;
import java.util.Optional;

/**
 * A picture that was drawn, as far as it is still needed.
 *
 * @param commission what was asked for
 * @param opinion what the judge says of it
 * @param pixels as from {@link JudgedDrawings#pixels(Image)}
 * @param picture itself, if it is to be shown
 */
record Delivery(Commission commission, Opinion opinion, Features pixels, Optional<Image> picture) {}
