package io.songe.pipeline.edit;

import io.songe.error.EngineException;
import io.songe.image.Image;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A picture that a drawing begins with, and what its file is called.
 *
 * @param name the file's name without its folder, for the recipe; may be empty
 * @param image the picture
 */
public record Source(String name, Image image) {
  /**
   * A picture without a file.
   *
   * @param image the picture
   * @return the source
   */
  public static Source of(Image image) {
    return new Source("", image);
  }

  /**
   * {@return SHA-256 of the picture, in hexadecimal digits} Of its width and height, four bytes
   * each, the highest first, and of red, green, blue and coverage of every pixel: so it stays the
   * same when the picture is stored in another format or with other texts.
   */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(8).putInt(image.width()).putInt(image.height()).array());
      return HexFormat.of().formatHex(digest.digest(image.rgba()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new EngineException("every Java has SHA-256", impossible);
    }
  }
}
