/**
 * What a text-to-image model learns: to remove noise from latents of pictures whose captions it is
 * told. {@code TextToImageTask} is first.
 */
@NullMarked
package io.songe.train.textimage;

import org.jspecify.annotations.NullMarked;
