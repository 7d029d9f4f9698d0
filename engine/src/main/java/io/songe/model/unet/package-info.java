/**
 * The conditional U-Net of latent diffusion (Ronneberger et al. 2015, figure 1; Rombach et al.
 * 2022, figure 3), in the variants of Stable Diffusion 1, 2, XL and songe-mini. What its output
 * means, how its input is scaled, guidance and noise are {@code io.songe.diffusion}'s; published
 * configuration keys are {@code io.songe.checkpoint}'s. Read {@link io.songe.model.unet.UNet}
 * first, then {@link io.songe.model.unet.UNetConfig}.
 *
 * <p>Pictures are {@code [batch, channels, height, width]} with channels innermost in memory, so
 * that the same numbers are tokens {@code [batch, height * width, channels]} without a copy. Each
 * block frees what it made on the way.
 */
@NullMarked
package io.songe.model.unet;

import org.jspecify.annotations.NullMarked;
