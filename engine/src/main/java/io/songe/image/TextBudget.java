package io.songe.image;

/** How many bytes of text may still be taken from a file. */
final class TextBudget {
  private final PngSource source;
  private int left;

  TextBudget(PngSource source) {
    this.source = source;
    this.left = source.limits().textBytes();
  }

  /**
   * Takes some.
   *
   * @throws io.songe.error.BrokenFileException if so many are not left
   */
  void spend(int bytes) {
    if (bytes > left) {
      throw source.broken(
          "its texts have more than the limit of %d bytes; the file may be hostile"
              .formatted(source.limits().textBytes()));
    }
    left -= bytes;
  }
}
