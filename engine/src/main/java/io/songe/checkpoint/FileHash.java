package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The fingerprint of a file. */
final class FileHash {
  private FileHash() {}

  /**
   * Hashes a file.
   *
   * @param file any file
   * @return its SHA-256 in hexadecimal digits
   * @throws BrokenFileException if it cannot be read
   */
  static String sha256(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(bytes, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException unreadable) {
      throw new BrokenFileException(
          file + ": cannot be read (" + unreadable.getMessage() + ")", unreadable);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }
}
