package io.songe.film;

import io.songe.error.InvalidRequestException;
import io.songe.image.AnimatedPng;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a film can be written. */
public enum FilmFormat {
  /** Lossless, with transparency and all texts; shown by browsers and few other programs. */
  APNG("image/apng", "png"),
  /** Of 256 colours, with wholly transparent pixels; shown everywhere. */
  GIF("image/gif", "gif"),
  /** H.264, lossy and small, over white. Sides that are odd lose their last row or column. */
  MP4("video/mp4", "mp4");

  private final String mediaType;
  private final String extension;

  FilmFormat(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /** {@return its type as HTTP names it} */
  public String mediaType() {
    return mediaType;
  }

  /** {@return how names of such files end, without the point} */
  public String extension() {
    return extension;
  }

  /** {@return its name in requests, such as {@code gif}} */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of a name.
   *
   * @param name an id, in any case
   * @return the format
   * @throws InvalidRequestException if there is none of that name
   */
  public static FilmFormat named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.id().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(() ->
            new InvalidRequestException(
                "unknown film format \"%s\"; known are %s"
                    .formatted(
                        name,
                        Arrays.stream(values())
                            .map(FilmFormat::id)
                            .collect(Collectors.joining(", ")))));
  }

  /**
   * Writes a film.
   *
   * @param film the film
   * @param out where to; not closed
   * @throws InvalidRequestException if its frames have several sizes
   * @throws IOException if it cannot be written
   */
  public void write(Film film, OutputStream out) throws IOException {
    switch (this) {
      case APNG -> AnimatedPng.write(film.shown(), film.each(), film.texts(), out);
      case GIF -> new GifWriter(film).write(out);
      case MP4 -> new Mp4Writer(film).write(out);
    }
  }
}
