/**
 * How networks are trained, whatever they are. A {@link io.songe.train.Trainer} repeats steps over
 * a {@link io.songe.train.TrainingTask} and keeps everything in a {@link io.songe.train.RunFolder},
 * from which it goes on as if it had never stopped. What a text-to-image model or an autoencoder
 * learns from a step is in the subpackages. {@link io.songe.train.TrainingTask} is first.
 */
@NullMarked
package io.songe.train;

import org.jspecify.annotations.NullMarked;
