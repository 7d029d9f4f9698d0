/**
 * Autoencoders: {@link io.songe.model.vae.AutoencoderKl}, that of Stable Diffusion, and {@link
 * io.songe.model.vae.AutoencoderTiny}, a small one without normalization that also draws previews.
 * One box of the figures in each file. Tensor names are those of the published folders; other names
 * are translated in {@code io.songe.checkpoint}. Read {@link io.songe.model.vae.AutoencoderConfig}
 * first.
 */
@NullMarked
package io.songe.model.vae;

import org.jspecify.annotations.NullMarked;
