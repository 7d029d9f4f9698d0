/**
 * From wishes to pictures: {@link io.songe.drawing.Orders} completes what somebody asked for into
 * an order of which nothing is left open, and {@link io.songe.drawing.Drawings} draws orders with
 * the models at hand, which it keeps open while there is memory for them. The queue in between
 * knows neither.
 */
@NullMarked
package io.songe.drawing;

import org.jspecify.annotations.NullMarked;
