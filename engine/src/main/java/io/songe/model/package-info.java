/**
 * What a pipeline needs of its networks, whatever their architecture: {@link
 * io.songe.model.TextEncoder} turns token ids into features, {@link io.songe.model.Autoencoder}
 * pictures into latents and back. The architectures are in the packages below, one each; they do
 * not know one another. A network is made from a config record and parameters at a path: no file
 * names, no published configuration keys, those are {@code io.songe.checkpoint}'s. Read {@link
 * io.songe.model.Autoencoder} first.
 */
@NullMarked
package io.songe.model;

import org.jspecify.annotations.NullMarked;
