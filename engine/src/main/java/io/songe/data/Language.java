package io.songe.data;

/** A language of captions. */
public enum Language {
  /** English. */
  ENGLISH("en"),
  /** French. */
  FRENCH("fr");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  /** {@return its code in files: {@code en}, {@code fr}} */
  public String code() {
    return code;
  }
}
