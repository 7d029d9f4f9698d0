package io.songe.models;

import java.util.List;
import java.util.Optional;

/**
 * What the index of the models folder knows of a model.
 *
 * @param name of its folder or file in the models folder
 * @param architecture the published name of its kind, such as {@code StableDiffusionPipeline}
 * @param precision in which most of its numbers are stored, such as {@code fp16}
 * @param licence of the weights, or {@code unknown}
 * @param origin where it came from: {@code OWNER/NAME@commit} on a hub; empty for a file added
 * @param triggers words that its files say it was taught to be asked with
 * @param files all of them, with their fingerprints
 */
public record ModelRecord(
    String name,
    String architecture,
    String precision,
    String licence,
    Optional<String> origin,
    List<String> triggers,
    List<Entry> files) {
  /** A record with its lists copied. */
  public ModelRecord {
    triggers = List.copyOf(triggers);
    files = List.copyOf(files);
  }

  /**
   * One file of a model.
   *
   * @param path below the models folder, names parted by slashes
   * @param size in bytes
   * @param sha256 of the content, in hexadecimal digits
   */
  public record Entry(String path, long size, String sha256) {}

  /** {@return the bytes that the model takes on the disk} */
  public long bytes() {
    return files.stream().mapToLong(Entry::size).sum();
  }
}
