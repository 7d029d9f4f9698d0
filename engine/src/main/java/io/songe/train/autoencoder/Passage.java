package io.songe.train.autoencoder;

import io.songe.tensor.Tensor;

/**
 * Pictures that went through the autoencoder in a step.
 *
 * @param pictures {@code [batch, channels, height, width]}, in [-1, 1]
 * @param latents {@code [batch, latentChannels, height / factor, width / factor]}, before noise and
 *     halving
 * @param copies of the shape of the pictures
 */
record Passage(Tensor pictures, Tensor latents, Tensor copies) {}
