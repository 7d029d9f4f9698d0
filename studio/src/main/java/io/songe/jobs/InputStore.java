package io.songe.jobs;

import io.songe.image.Image;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The pictures and masks that drawings begin with, named by the fingerprint of their pixels ({@link
 * io.songe.pipeline.edit.Source#sha256}); so each is there once, and a recipe finds it again.
 */
public final class InputStore {
  private final Path folder;

  /**
   * A store.
   *
   * @param folder where they lie; made when it is needed
   */
  public InputStore(Path folder) {
    this.folder = folder;
  }

  /**
   * Keeps a picture.
   *
   * @param picture to be kept
   * @return its name
   */
  public String put(Image picture) {
    throw new IllegalStateException("" + folder);
  }

  /**
   * {@return a picture, empty if it is not there}
   *
   * @param sha256 its name; anything else than 64 hexadecimal digits is not there
   */
  public Optional<Image> find(String sha256) {
    throw new IllegalStateException(sha256);
  }
}
