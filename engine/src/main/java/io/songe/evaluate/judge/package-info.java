/**
 * The judge: a network that looks at a picture and says what it shows, in which style, and how well
 * a phrase fits it. It is trained on a part of a corpus and says first how good it is itself, on
 * drawings that it never saw. What a model's pictures get from it is in {@code evaluate}. {@link
 * io.songe.evaluate.judge.Judge} is first.
 */
@NullMarked
package io.songe.evaluate.judge;

import org.jspecify.annotations.NullMarked;
