package io.songe.architecture.wrong.model.unet;

import io.songe.architecture.wrong.model.vae.Vae;

/** Wrong: one architecture that knows another. */
public final class KnowsVae {
  private KnowsVae() {}

  static void decodeWith(Vae other) {}
}
