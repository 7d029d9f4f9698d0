/**
 * Where randomness comes from: a {@link io.songe.random.NoiseSource} gives normally distributed
 * noise for a batch of images, each with a seed of its own. Two generators are here, whose numbers
 * are those of other programs for the same seed: PyTorch's for a CPU and the one of CUDA. There is
 * no clock and no global generator: whoever needs noise is given a source.
 */
@NullMarked
package io.songe.random;

import org.jspecify.annotations.NullMarked;
