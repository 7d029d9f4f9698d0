/**
 * How good a model is, in figures: a judge that is trained on the corpus itself, what it says of a
 * model's pictures, and a report of it.
 */
@NullMarked
package io.songe.evaluate;

import org.jspecify.annotations.NullMarked;
