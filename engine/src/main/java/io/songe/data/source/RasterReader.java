package io.songe.data.source;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.image.Image;
import io.songe.image.Photo;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads pictures of any usual kind, told by their first bytes whatever they are called; of several
 * in one file the first. Each that cannot be read is refused with a sentence.
 */
final class RasterReader {
  private static final PngLimits LIMITS = PngLimits.DEFAULT;
  private static final String PNG = "\u0089PNG\r\n\u001a\n";
  private static final String TAKEN = "give a PNG, JPEG, WebP, GIF or BMP file";
  private static final int SHOWN = 512;

  private RasterReader() {}

  static Image read(Path file) throws UnusableArtworkException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((int) LIMITS.bytes() + 1);
      return read(bytes);
    } catch (IOException unreadable) {
      throw new UnusableArtworkException(
          "the picture cannot be read: " + FileLabel.reason(unreadable), unreadable);
    }
  }

  static Image read(byte[] bytes) throws UnusableArtworkException {
    if (bytes.length == 0) {
      throw new UnusableArtworkException("the file is empty");
    }
    if (bytes.length > LIMITS.bytes()) {
      throw new UnusableArtworkException(
          "the file has more than %d bytes; make the picture smaller".formatted(LIMITS.bytes()));
    }
    String start = new String(bytes, 0, Math.min(bytes.length, SHOWN), StandardCharsets.ISO_8859_1);
    try {
      return start.startsWith(PNG)
          ? Png.decode(bytes, "the picture", LIMITS).image()
          : photo(bytes, start);
    } catch (BrokenFileException | InvalidRequestException broken) {
      throw new UnusableArtworkException(String.valueOf(broken.getMessage()), broken);
    }
  }

  private static Image photo(byte[] bytes, String start) throws UnusableArtworkException {
    if (JpegFrame.of(bytes).map(JpegFrame::isForPrint).orElse(false)) {
      throw new UnusableArtworkException(
          "the picture is in the colours of print (CMYK); save it in RGB");
    }
    Optional<Photo> photo = Photo.of(bytes);
    if (photo.isEmpty()) {
      throw new UnusableArtworkException(
          start.contains("<svg")
              ? "this is an SVG drawing, which is not taken from a folder; save it as PNG"
              : "this is no picture that can be read; " + TAKEN);
    }
    if (photo.get().pixels() > LIMITS.pixels()) {
      throw new UnusableArtworkException(
          "the picture has %d pixels, more than %d; make it smaller"
              .formatted(photo.get().pixels(), LIMITS.pixels()));
    }
    try {
      return photo.get().decode();
    } catch (IOException damaged) {
      throw new UnusableArtworkException(
          "the picture is damaged (%s); save it anew".formatted(FileLabel.reason(damaged)),
          damaged);
    }
  }
}
