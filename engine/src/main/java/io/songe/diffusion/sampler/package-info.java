/**
 * Samplers: functions that turn noise into a sample by following a {@link
 * io.songe.diffusion.Denoiser} down a list of noise levels. One algorithm is one file and one row
 * of {@link io.songe.diffusion.sampler.Samplers}; read {@link io.songe.diffusion.sampler.Euler}
 * first. No sampler knows a phrase, guidance, a network or a file.
 */
@NullMarked
package io.songe.diffusion.sampler;

import org.jspecify.annotations.NullMarked;
