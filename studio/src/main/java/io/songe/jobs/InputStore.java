package io.songe.jobs;

import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.pipeline.edit.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The pictures and masks that drawings begin with, named by the fingerprint of their pixels ({@link
 * Source#sha256}); so each is there once, and a recipe finds it again. Safe for many threads.
 */
public final class InputStore {
  private static final System.Logger LOG = System.getLogger(InputStore.class.getName());

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
    synchronized (this) {
      if (!wasTouched(file)) {
        PngFile.write(file, new Png(picture));
      }
    }
    return name;
  }

  /** {@return whether there was a file to say of that it was put now} */
  private static boolean wasTouched(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return true;
    } catch (IOException missing) {
      return false;
    }
  }

  /**
   * Removes pictures for good, except those that were put meanwhile.
   *
   * @param names of them; what is not there is passed over
   * @param since when it was known that nobody needs them
   */
  public synchronized void remove(Collection<String> names, Instant since) {
    for (String name : names) {
      Path file = file(name.toLowerCase(Locale.ROOT));
      try {
        if (SHA256.matcher(name).matches()
            && Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
          Files.delete(file);
        }
      } catch (NoSuchFileException gone) {
        // as it should be
      } catch (IOException stays) {
        LOG.log(System.Logger.Level.WARNING, "cannot remove {0}: {1}", name, stays.getMessage());
      }
    }
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
