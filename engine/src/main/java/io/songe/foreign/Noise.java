package io.songe.foreign;

/** Which generator of random numbers a picture's noise came from. Each makes other pictures. */
public enum Noise {
  /** The one on processors, which Songe uses too. */
  PROCESSOR,
  /** The one on graphics cards. */
  GRAPHICS,
  /** The file does not say. */
  UNKNOWN
}
