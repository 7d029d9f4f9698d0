package io.songe.gallery;

/** What became of a picture that was made elsewhere. */
public sealed interface Imported {
  /** {@return the name of its file} */
  String file();

  /**
   * It was added.
   *
   * @param file its name
   * @param picture as it is now in the gallery
   */
  record Added(String file, Picture picture) implements Imported {}

  /**
   * The owner has a picture with these pixels, maybe in the trash; it was left as it is.
   *
   * @param file its name
   * @param picture that is there
   */
  record Present(String file, Picture picture) implements Imported {}

  /**
   * It cannot be read.
   *
   * @param file its name
   * @param message what is wrong with it
   */
  record Refused(String file, String message) implements Imported {}
}
