/**
 * From a phrase to a picture: {@link io.songe.pipeline.TextToImage} carries out a {@link
 * io.songe.pipeline.GenerationRequest} and gives {@link io.songe.pipeline.GeneratedImage}s, each
 * with the {@link io.songe.pipeline.Recipe} that makes it again. {@link io.songe.pipeline.Progress}
 * leaves through a listener; nothing here prints, or reads a clock.
 */
@NullMarked
package io.songe.pipeline;

import org.jspecify.annotations.NullMarked;
