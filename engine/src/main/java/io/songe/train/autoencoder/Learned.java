package io.songe.train.autoencoder;

/** What of an autoencoder is trained. */
public enum Learned {
  /** All of it. */
  WHOLE,
  /** The decoder alone: latents stay what they are, and so do models that draw them. */
  DECODER
}
