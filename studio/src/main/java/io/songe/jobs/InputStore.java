package io.songe.jobs;

import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.pipeline.edit.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The pictures and masks that drawings begin with, named by the fingerprint of their pixels ({@link
 * Source#sha256}); so each is there once, and a recipe finds it again. Safe for many threads.
 */
public final class InputStore {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

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
   * Keeps a picture. Its file is whole and on the disk when this returns.
   *
   * @param picture to be kept
   * @return its name, 64 lower-case hexadecimal digits
   * @throws io.songe.error.BrokenFileException if it cannot be written
   */
  public String put(Image picture) {
    String name = Source.of(picture).sha256();
    Path file = file(name);
    if (!Files.exists(file)) {
      PngFile.write(file, new Png(picture));
    }
    return name;
  }

  /**
   * {@return a picture, empty if it is not there}
   *
   * @param sha256 its name; anything else than 64 hexadecimal digits is not there
   * @throws io.songe.error.BrokenFileException if its file was damaged
   */
  public Optional<Image> find(String sha256) {
    if (!SHA256.matcher(sha256).matches()) {
      return Optional.empty();
    }
    return PngFile.read(file(sha256.toLowerCase(Locale.ROOT))).map(Png::image);
  }

  private Path file(String name) {
    return folder.resolve(name + ".png");
  }
}
