package io.songe.format;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The files that tools/golden/safetensors_files.py writes. */
public final class Golden {
  private Golden() {}

  public static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Golden.class.getResource("/golden/format/" + name), name).toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
