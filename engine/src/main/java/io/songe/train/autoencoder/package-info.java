/**
 * What an autoencoder learns: to give back a picture that went through a latent. {@link
 * io.songe.train.autoencoder.AutoencoderTraining} is the way through a whole run; what is computed
 * in a step begins in {@code AutoencoderTask}. How steps are repeated is {@code train}'s matter,
 * and the network itself is in {@code model.vae}.
 */
@NullMarked
package io.songe.train.autoencoder;

import org.jspecify.annotations.NullMarked;
