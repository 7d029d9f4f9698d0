/**
 * The mathematics of diffusion: noise schedules, what a network predicts, guidance, and the
 * samplers in {@code io.songe.diffusion.sampler}. One contract stands in the middle: a {@link
 * io.songe.diffusion.Denoiser} takes a noisy sample and a noise level and returns its estimate of
 * the clean sample (Karras et al. 2022). Everything else composes around it; a {@link
 * io.songe.diffusion.SamplingPlan} is what a pipeline asks for. No network, no file, no text is
 * known here.
 */
@NullMarked
package io.songe.diffusion;

import org.jspecify.annotations.NullMarked;
