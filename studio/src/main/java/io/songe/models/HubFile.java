package io.songe.models;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of a model on a hub, and the proof of its content that the hub gives.
 *
 * @param path within the model, names parted by slashes
 * @param size in bytes
 * @param sha256 of the content, in hexadecimal digits; what hubs give for large files
 * @param gitSha1 of the content as git counts it, in hexadecimal digits; what they give for all
 */
public record HubFile(String path, long size, Optional<String> sha256, Optional<String> gitSha1) {
  private static final Pattern NAME = Pattern.compile("[\\w.@+-][\\w .@+()-]{0,199}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SHA_1 = Pattern.compile("[0-9a-f]{40}");
  private static final int MOST_FOLDERS = 8;

  /**
   * A file whose path stays within the model.
   *
   * @throws BrokenFileException if the path could lead elsewhere, or nothing proves the content
   */
  public HubFile {
    if (!isPlain(path)) {
      throw broken(path, "is no name of a file within a model; nothing was fetched");
    }
    if (size < 0) {
      throw broken(path, "has a size of " + size + " bytes, says the hub; nothing was fetched");
    }
    boolean proven =
        sha256.isPresent()
            ? SHA_256.matcher(sha256.get()).matches()
            : gitSha1.filter(sha -> SHA_1.matcher(sha).matches()).isPresent();
    if (!proven) {
      throw broken(path, "comes without a fingerprint of its content; nothing was fetched");
    }
  }

  /**
   * Whether a path stays within the model and can be written on every system.
   *
   * @param path of any origin
   */
  static boolean isPlain(String path) {
    String[] names = path.split("/", -1);
    boolean plain = names.length <= MOST_FOLDERS;
    for (String name : names) {
      plain &= NAME.matcher(name).matches() && !name.endsWith(" ") && !name.endsWith(".");
    }
    return plain;
  }

  private static BrokenFileException broken(String path, String problem) {
    return new BrokenFileException("the hub's file " + FileLabel.quote(path) + " " + problem);
  }

  /** {@return the name without its folders} */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** {@return the folder that it lies in, empty at the top} */
  String folder() {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
