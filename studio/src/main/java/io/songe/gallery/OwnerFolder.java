package io.songe.gallery;

import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The name of an owner's folder. Lower-case letters, digits and hyphens stand for themselves, every
 * other byte is {@code =} and two hexadecimal digits, so that no name can lead elsewhere, and two
 * names are two folders also where files do not tell capitals from small letters.
 */
final class OwnerFolder {
  private static final int LONGEST = 64;
  private static final char ESCAPE = '=';

  private OwnerFolder() {}

  /**
   * {@return the folder of an owner}
   *
   * @throws InvalidRequestException if nobody can be called so
   */
  static String of(String owner) {
    byte[] bytes = owner.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > LONGEST) {
      throw new InvalidRequestException(
          "the name of a picture's owner has 1 to %d bytes, got %s"
              .formatted(LONGEST, FileLabel.quote(owner)));
    }
    StringBuilder folder = new StringBuilder();
    for (byte each : bytes) {
      if (isPlain((char) (each & 0xff))) {
        folder.append((char) each);
      } else {
        folder.append(ESCAPE).append(HexFormat.of().toHexDigits(each));
      }
    }
    return folder.toString();
  }

  /** {@return whose folder this is; empty if it is nobody's} */
  static Optional<String> owner(String folder) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < folder.length(); i++) {
      char each = folder.charAt(i);
      if (each == ESCAPE
          && i + 2 < folder.length()
          && HexFormat.isHexDigit(folder.charAt(i + 1))
          && HexFormat.isHexDigit(folder.charAt(i + 2))) {
        bytes.write(HexFormat.fromHexDigits(folder, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(each);
      }
    }
    String owner = bytes.toString(StandardCharsets.UTF_8);
    boolean ours = bytes.size() > 0 && bytes.size() <= LONGEST && of(owner).equals(folder);
    return ours ? Optional.of(owner) : Optional.empty();
  }

  private static boolean isPlain(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
  }
}
