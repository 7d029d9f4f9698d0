package io.songe.gallery;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads pictures that were made elsewhere. */
final class Importing {
  private static final Pattern NAME =
      Pattern.compile(".*\\.(png|jpe?g|webp|gif)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final int MOST_BYTES = (int) PngLimits.DEFAULT.bytes();

  private Importing() {}

  /** {@return the pictures in a folder and those below it, in the order of their names} */
  static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidRequestException(
          "there is no folder %s; check the name".formatted(FileLabel.ofFolder(folder).text()));
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException unreadable) {
      throw FileLabel.ofFolder(folder).broken("not all of this folder can be read", unreadable);
    }
  }

  /** {@return the bytes of a file, as far as a picture may have them} */
  static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MOST_BYTES + 1);
    }
  }

  /**
   * {@return a file's picture and texts}
   *
   * @throws BrokenFileException if it cannot be read
   * @throws InvalidRequestException if it is not of a type that is taken
   */
  static Png read(byte[] bytes, String name) {
    return Png.decode(bytes, name, PngLimits.DEFAULT);
  }

  /** {@return the same id for the same pixels of the same owner} */
  static String id(String owner, Imprint imprint) {
    return UUID.nameUUIDFromBytes((owner + "/" + imprint.pixels()).getBytes(StandardCharsets.UTF_8))
        .toString();
  }
}
