package io.songe.server.openai;

import io.songe.error.BrokenFileException;
import io.songe.image.BufferedImages;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.server.HttpFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A picture that came with a request. What it is, its first bytes decide, not what it is called;
 * how large it is, is known before it is decoded.
 *
 * @param image the picture
 * @param texts how it was made, where a PNG says that
 */
record GivenPicture(Image image, Map<String, String> texts) {
  private static final PngLimits LIMITS = new PngLimits(Body.MOST_BYTES, 4096L * 4096, 1 << 20);

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
  private static final byte[] RIFF = {'R', 'I', 'F', 'F'};
  private static final byte[] WEBP = {'W', 'E', 'B', 'P'};
  private static final int WEBP_AT = 8;

  /**
   * Decodes a picture.
   *
   * @param field that it came in
   */
  static GivenPicture decode(String field, byte[] bytes) {
    if (bytes.length == 0) {
      throw Refusal.ofField(field, field + " is empty; send a PNG, JPEG or WebP file");
    }
    if (has(bytes, 0, PNG)) {
      try {
        Png png = Png.decode(bytes, field, LIMITS);
        return new GivenPicture(png.image(), png.texts());
      } catch (BrokenFileException broken) {
        throw Refusal.ofField(field, String.valueOf(broken.getMessage()));
      }
    }
    if (has(bytes, 0, JPEG)) {
      return new GivenPicture(other(field, "jpeg", bytes), Map.of());
    }
    if (has(bytes, 0, RIFF) && has(bytes, WEBP_AT, WEBP)) {
      return new GivenPicture(other(field, "webp", bytes), Map.of());
    }
    throw Refusal.ofField(field, field + " must be a PNG, JPEG or WebP picture, and this is none");
  }

  private static boolean has(byte[] bytes, int at, byte[] mark) {
    return bytes.length >= at + mark.length
        && Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length);
  }

  private static Image other(String field, String format, byte[] bytes) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    if (!readers.hasNext()) {
      throw Refusal.ofField(field, format + " cannot be read here; send a PNG file");
    }
    ImageReader reader = readers.next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > LIMITS.pixels()) {
        throw Refusal.ofField(
            field,
            "%s has %d pixels, and %d are the most".formatted(field, pixels, LIMITS.pixels()));
      }
      return BufferedImages.fromBufferedImage(reader.read(0));
    } catch (HttpFailure told) {
      throw told;
    } catch (IOException | RuntimeException broken) { // readers throw what they like
      throw Refusal.ofField(field, "%s is a broken %s file".formatted(field, format));
    } finally {
      reader.dispose();
    }
  }

  /**
   * Decodes a picture out of an address that has it in itself, RFC 2397. Nothing is fetched.
   *
   * @param field that it came in
   */
  static GivenPicture ofDataUrl(String field, String url) {
    int comma = url.indexOf(',');
    if (!url.startsWith("data:") || comma < 0 || !url.substring(0, comma).endsWith(";base64")) {
      throw Refusal.ofField(
          field,
          field
              + " must have the picture in itself, as data:image/png;base64,...; other addresses"
              + " are not fetched");
    }
    return decode(field, bytes(field, url.substring(comma + 1)));
  }

  private static byte[] bytes(String field, String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException garbled) {
      throw Refusal.ofField(field, field + " has broken base64: " + garbled.getMessage());
    }
  }
}
