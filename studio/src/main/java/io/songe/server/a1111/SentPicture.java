package io.songe.server.a1111;

import io.songe.error.BrokenFileException;
import io.songe.image.BufferedImages;
import io.songe.image.Image;
import io.songe.image.PictureTexts;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture as requests carry it: its file in base64, with or without {@code
 * data:image/...;base64,} before. An address is refused: nothing is fetched for a client.
 */
final class SentPicture {
  /** Of 64 MiB of file and 16 million pixels, so that a small bomb asks for little memory. */
  static final PngLimits LIMITS = new PngLimits(64L << 20, 1 << 24, 4 << 20);

  private static final Set<String> FORMATS = Set.of("jpeg", "webp", "gif", "bmp");
  private static final Pattern SPACE = Pattern.compile("[\\r\\n\\t ]+");

  private final String field;
  private final byte[] bytes;

  private SentPicture(String field, byte[] bytes) {
    this.field = field;
    this.bytes = bytes;
  }

  /**
   * A picture of a request.
   *
   * @param field in which it was
   * @param text the field's
   * @throws io.songe.server.HttpFailure if it is an address or no base64
   */
  static SentPicture of(String field, String text) {
    String data = text.strip();
    String head = data.substring(0, Math.min(64, data.length())).toLowerCase(Locale.ROOT);
    if (head.startsWith("http:") || head.startsWith("https:") || head.startsWith("file:")) {
      throw RequestFields.wrong(
          field, "pictures are not fetched from addresses here; send the file itself in base64");
    }
    if (head.startsWith("data:")) {
      int comma = head.indexOf(',');
      if (comma < 0 || !head.substring(0, comma).endsWith(";base64")) {
        throw RequestFields.wrong(field, "Invalid encoded image: the data: address has no base64");
      }
      data = data.substring(comma + 1);
    }
    if (data.length() / 4L * 3 > LIMITS.bytes()) {
      throw RequestFields.wrong(
          field,
          "the picture's file is too large; %d bytes are the most".formatted(LIMITS.bytes()));
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(SPACE.matcher(data).replaceAll(""));
      if (bytes.length > 0) {
        return new SentPicture(field, bytes);
      }
    } catch (IllegalArgumentException garbled) {
      // told below
    }
    throw RequestFields.wrong(field, "Invalid encoded image: this is no picture's file in base64");
  }

  private boolean isPng() {
    return bytes.length > 8 && (bytes[0] & 0xff) == 0x89 && bytes[1] == 'P' && bytes[2] == 'N';
  }

  /**
   * {@return its pixels}
   *
   * @throws io.songe.server.HttpFailure if it is no picture that can be read
   */
  Image image() {
    try {
      return isPng() ? Png.decode(bytes, field, LIMITS).image() : other();
    } catch (BrokenFileException unreadable) {
      throw RequestFields.wrong(field, "Invalid encoded image: " + unreadable.getMessage());
    }
  }

  /** {@return its file's texts; none where its kind has none} */
  Map<String, String> texts() {
    try {
      return PictureTexts.decode(bytes, field, LIMITS);
    } catch (BrokenFileException unreadable) {
      image(); // so that what is no picture at all is refused
      return Map.of();
    }
  }

  private Image other() {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      while (readers.hasNext()) {
        ImageReader reader = readers.next();
        if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
          return read(reader, in);
        }
        reader.dispose();
      }
    } catch (IOException | RuntimeException unreadable) {
      if (unreadable instanceof BrokenFileException told) {
        throw told;
      }
      throw new BrokenFileException("the picture's file is damaged", unreadable);
    }
    throw new BrokenFileException("send a PNG, JPEG, WebP, GIF or BMP file");
  }

  private static Image read(ImageReader reader, ImageInputStream in) throws IOException {
    try {
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > LIMITS.pixels()) {
        throw new BrokenFileException(
            "the picture has %d pixels, and %d are the most".formatted(pixels, LIMITS.pixels()));
      }
      return BufferedImages.fromBufferedImage(reader.read(0));
    } finally {
      reader.dispose();
    }
  }
}
