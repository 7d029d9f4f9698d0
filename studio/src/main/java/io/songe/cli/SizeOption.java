package io.songe.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says how large a picture is drawn. */
final class SizeOption {
  @Option(names = "--size", paramLabel = "${bundle:label.size}")
  private @Nullable String size;

  /** {@return whether a size was given} */
  boolean isGiven() {
    return size != null;
  }

  /**
   * The size that was given.
   *
   * @param otherwise where none was
   */
  PictureSize or(PictureSize otherwise, Surroundings around) {
    return size == null ? otherwise : PictureSize.parse(size, around);
  }
}
