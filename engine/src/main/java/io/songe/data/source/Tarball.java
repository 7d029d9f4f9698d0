package io.songe.data.source;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A fetched package: a gzipped tar archive. Nothing of it is laid on the disk. */
public final class Tarball {
  private static final int BUFFER = 1 << 16;
  private static final long LARGEST_FILE = 64L << 20;
  private static final long LARGEST_SUM = 512L << 20;

  private Tarball() {}

  /**
   * Whether a tarball is the one that the manifest means.
   *
   * @param file an existing file
   * @param expected the package
   * @return whether its SHA-512 is the package's
   * @throws BrokenFileException if it cannot be read
   */
  public static boolean isIntact(Path file, NpmPackage expected) {
    return integrity(file).equals(expected.integrity());
  }

  private static String integrity(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return "sha512-" + Base64.getEncoder().encodeToString(digest.digest());
    } catch (IOException unreadable) {
      throw FileLabel.of(file).unreadable(unreadable);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }

  /**
   * Reads files of a package.
   *
   * @param folder of tarballs
   * @param pack the package; its tarball is compared with its checksum first
   * @param wanted which files, by their path without the archive's own folder
   * @return their bytes by path
   * @throws BrokenFileException if the tarball is missing, is another, or cannot be unpacked
   */
  static SortedMap<String, byte[]> read(Path folder, NpmPackage pack, Predicate<String> wanted) {
    Path file = folder.resolve(pack.tarball());
    FileLabel label = FileLabel.of(file);
    if (!Files.exists(file)) {
      throw label.broken("is missing; fetch it with 'npm pack %s'".formatted(pack.coordinates()));
    }
    if (!isIntact(file, pack)) {
      throw label.broken(
          "is not the pinned package: its checksum is %s, not %s; delete it and fetch it again"
              .formatted(integrity(file), pack.integrity()));
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        var tar = new TarArchiveInputStream(new GZIPInputStream(in, BUFFER))) {
      return files(label, tar, wanted);
    } catch (IOException malformed) {
      throw label.broken("cannot be unpacked: " + FileLabel.reason(malformed), malformed);
    }
  }

  private static SortedMap<String, byte[]> files(
      FileLabel label, TarArchiveInputStream tar, Predicate<String> wanted) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    long sum = 0;
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String path = entry.getName().substring(entry.getName().indexOf('/') + 1);
      if (!entry.isFile() || !wanted.test(path)) {
        continue;
      }
      sum += entry.getSize();
      if (entry.getSize() > LARGEST_FILE || sum > LARGEST_SUM) {
        throw label.broken("%s is too large to unpack".formatted(FileLabel.quote(path)));
      }
      files.put(path, tar.readAllBytes());
    }
    return files;
  }
}
