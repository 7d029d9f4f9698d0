package io.songe.cli.terminal;

import io.songe.image.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;

/**
 * A picture in the graphics protocol of kitty: red, green, blue and alpha bytes, compressed, in
 * base 64, cut into escape sequences of at most 4096 characters of data.
 */
final class KittyGraphics {
  private static final int CHUNK = 4096;

  private KittyGraphics() {}

  /**
   * The sequences that put a picture at the cursor, which stays where it is, in place of an earlier
   * one of the same number. The terminal is told not to answer.
   *
   * @param image a number for the picture, at least 1
   * @param columns the width on the screen, in characters
   * @param rows the height on the screen, in lines
   */
  static String draw(Image picture, int image, int columns, int rows) {
    String data =
        new String(Base64.getEncoder().encode(compressed(picture)), StandardCharsets.US_ASCII);
    String size = "s=" + picture.width() + ",v=" + picture.height();
    String keys = "a=T,q=2,f=32,o=z," + size + ",i=" + image + ",p=1,c=" + columns + ",r=" + rows;
    StringBuilder text = new StringBuilder();
    for (int start = 0; start < data.length(); start += CHUNK) {
      int end = Math.min(start + CHUNK, data.length());
      text.append("\033_G")
          .append(start == 0 ? keys + ",C=1," : "q=2,")
          .append(end < data.length() ? "m=1;" : "m=0;")
          .append(data, start, end)
          .append("\033\\");
    }
    return text.toString();
  }

  private static byte[] compressed(Image picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(picture.rgba());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
