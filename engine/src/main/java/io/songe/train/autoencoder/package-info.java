/**
 * What an autoencoder learns: to give back a picture that went through a latent. {@code
 * AutoencoderTask} is first.
 */
@NullMarked
package io.songe.train.autoencoder;

import org.jspecify.annotations.NullMarked;
