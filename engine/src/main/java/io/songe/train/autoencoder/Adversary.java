package io.songe.train.autoencoder;

import io.songe.nn.Weights;
import io.songe.tensor.DType;

/**
 * The expert's weights, and from when on they count.
 *
 * @param weights of a {@link PatchDiscriminator}
 * @param imageChannels of a picture
 * @param from the first step in which forger and expert play against each other
 * @param dtype in which the expert computes
 */
record Adversary(Weights weights, int imageChannels, long from, DType dtype) {
  /** Whether the two play in a step. */
  boolean plays(long step) {
    return step >= from;
  }

  /** The expert as it is trained. */
  PatchDiscriminator learning() {
    return new PatchDiscriminator(imageChannels, weights.parameters(dtype));
  }

  /** The expert as the forger meets it: what it says leads back to pictures, not to its weights. */
  PatchDiscriminator judging() {
    return new PatchDiscriminator(imageChannels, weights.constants(dtype));
  }
}
