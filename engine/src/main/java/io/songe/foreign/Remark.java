package io.songe.foreign;

/** What a picture's file says that has no place in a {@link ForeignRecipe}. */
public sealed interface Remark {
  /**
   * Something was said that is not understood, or not part of drawing a picture once from a phrase.
   *
   * @param name of it, as written
   * @param value as written; may be empty
   */
  record Unused(String name, String value) implements Remark {}

  /**
   * The picture went through several samplers; the recipe is the last one's.
   *
   * @param count how many there are
   */
  record SeveralSamplers(int count) implements Remark {}

  /**
   * The picture was begun with another one, or with a first pass, which the file does not hold.
   *
   * @param strength with which it was changed, 0 to 1
   */
  record BegunWithPicture(double strength) implements Remark {}
}
