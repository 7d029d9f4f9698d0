package io.songe.server.openai;

import io.songe.error.InvalidRequestException;
import io.songe.pictures.PictureUpload;
import java.util.Base64;

/** Pictures that come with a request, as files or as addresses that have the file in themselves. */
final class GivenPicture {
  private GivenPicture() {}

  /**
   * Reads a file.
   *
   * @param field that it came in
   */
  static PictureUpload read(String field, byte[] file) {
    try {
      return PictureUpload.read(file);
    } catch (InvalidRequestException wrong) {
      throw Refusal.ofField(field, field + ": " + wrong.getMessage());
    }
  }

  /**
   * Reads a file out of an address that has it in itself, RFC 2397. Nothing is fetched.
   *
   * @param field that it came in
   */
  static PictureUpload readDataUrl(String field, String url) {
    int comma = url.indexOf(',');
    if (!url.startsWith("data:") || comma < 0 || !url.substring(0, comma).endsWith(";base64")) {
      throw Refusal.ofField(
          field,
          field
              + " must have the picture in itself, as data:image/png;base64,...; other addresses"
              + " are not fetched");
    }
    return read(field, bytes(field, url.substring(comma + 1)));
  }

  private static byte[] bytes(String field, String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException garbled) {
      throw Refusal.ofField(field, field + " has broken base64: " + garbled.getMessage());
    }
  }
}
