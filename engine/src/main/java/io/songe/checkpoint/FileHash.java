package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
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
      bytes.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException unreadable) {
      throw FileLabel.of(file).unreadable(unreadable);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }
}
