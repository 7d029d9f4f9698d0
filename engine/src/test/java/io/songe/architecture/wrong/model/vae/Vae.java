package io.songe.architecture.wrong.model.vae;

/** One architecture. */
public final class Vae {
  /** Nothing in it. */
  public Vae() {}
}
