package io.songe.gallery;

import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.image.ParametersText;
import io.songe.image.PictureTexts;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.pictures.PictureUpload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads pictures that were made elsewhere. */
final class Importing {
  private static final Pattern NAME =
      Pattern.compile(".*\\.(png|jpe?g|webp|gif)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final int MOST_BYTES = (int) PngLimits.DEFAULT.bytes();

  private static final PictureUpload.Limits LIMITS =
      new PictureUpload.Limits(MOST_BYTES, PngLimits.DEFAULT.pixels());

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
   * @param bytes a PNG, JPEG, WebP or GIF file
   * @throws InvalidRequestException if it is another, is damaged or too large
   */
  static Png read(byte[] bytes) {
    PictureUpload read = PictureUpload.read(bytes, LIMITS);
    return new Png(read.image(), texts(read.texts()));
  }

  /** What JPEG and WebP files keep with their Exif data, PNG files have under a keyword. */
  private static SequencedMap<String, String> texts(SequencedMap<String, String> found) {
    String comment = found.get(PictureTexts.USER_COMMENT);
    boolean recipe =
        comment != null
            && !found.containsKey(ParametersText.KEYWORD)
            && !ParametersText.parse(comment).parameters().isEmpty();
    if (!recipe) {
      return found;
    }
    SequencedMap<String, String> texts = new LinkedHashMap<>(found);
    texts.remove(PictureTexts.USER_COMMENT);
    texts.put(ParametersText.KEYWORD, comment);
    return texts;
  }

  /**
   * {@return what the gallery notes of the picture} One that comes from a gallery keeps its time
   * and its style.
   *
   * @param created when it was made, as far as its file's time says
   * @param now the latest that this can have been
   */
  static Imprint imprint(Png picture, Instant created, Instant now) {
    Optional<Imprint> former = Imprint.of(picture.texts());
    Instant time = former.map(Imprint::created).orElse(created.truncatedTo(ChronoUnit.MICROS));
    return Imprint.of(
        picture.image(), time.isBefore(now) ? time : now, former.map(Imprint::style).orElse(""));
  }

  /** {@return the same id for the same pixels of the same owner} */
  static String id(String owner, Imprint imprint) {
    return UUID.nameUUIDFromBytes((owner + "/" + imprint.pixels()).getBytes(StandardCharsets.UTF_8))
        .toString();
  }
}
