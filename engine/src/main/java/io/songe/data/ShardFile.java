package io.songe.data;

import io.songe.file.AtomicFile;
import io.songe.file.FileLabel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * A shard's file: a tar archive in which {@code name.png} is followed by {@code name.json}. Nothing
 * in it depends on the clock, the user or the machine.
 */
final class ShardFile {
  private static final String PICTURE = ".png";
  private static final String TEXT = ".json";
  private static final long LARGEST_ENTRY = 1L << 30;
  private static final int LONGEST_SLUG = 60;
  private static final int BUFFER = 1 << 16;

  private ShardFile() {}

  /** Where in the file something lies. */
  record Range(long offset, int length) {}

  /** A picture and its text. */
  record Entry(String name, Range picture, Range text) {}

  /** Writes a shard. */
  static void write(Path file, List<CorpusPicture> pictures) {
    try {
      AtomicFile.write(
          file,
          channel -> {
            OutputStream bytes =
                new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
            var tar = new TarArchiveOutputStream(bytes); // closing is left to whoever opened
            for (CorpusPicture picture : pictures) {
              String name = name(picture);
              put(tar, name + PICTURE, picture.png());
              put(tar, name + TEXT, DrawingJson.bytes(picture.drawing()));
            }
            tar.finish();
            bytes.flush();
          });
    } catch (IOException failure) {
      throw FileLabel.of(file)
          .broken(
              "could not be written (%s); free some space and build again: what is finished is kept"
                  .formatted(FileLabel.reason(failure)),
              failure);
    }
  }

  /**
   * The position makes a name unique; the key in it is for people. Dots and slashes have a meaning
   * to readers of such archives, so they are replaced.
   */
  private static String name(CorpusPicture picture) {
    String slug = picture.drawing().key().replaceAll("[^A-Za-z0-9_-]+", "-");
    return "%06d-%s"
        .formatted(picture.position(), slug.substring(0, Math.min(slug.length(), LONGEST_SLUG)));
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    entry.setModTime(0L);
    entry.setMode(0644);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  /** The pictures of a shard, in the order of the file. */
  static List<Entry> list(Path file) {
    FileLabel label = FileLabel.of(file);
    List<TarArchiveEntry> found;
    try (TarFile tar = new TarFile(file)) {
      found = tar.getEntries();
    } catch (IOException | IllegalArgumentException malformed) {
      throw label.broken(
          "is no whole tar archive (%s); build the corpus anew"
              .formatted(FileLabel.shorten(String.valueOf(malformed.getMessage()))),
          malformed);
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < found.size(); i += 2) {
      String name = found.get(i).getName();
      String base = name.substring(0, Math.max(0, name.length() - PICTURE.length()));
      boolean pair =
          name.endsWith(PICTURE)
              && i + 1 < found.size()
              && found.get(i + 1).getName().equals(base + TEXT);
      if (!pair) {
        throw label.broken(
            "has %s where a picture and its text should follow; build the corpus anew"
                .formatted(FileLabel.quote(name)));
      }
      entries.add(new Entry(base, range(label, found.get(i)), range(label, found.get(i + 1))));
    }
    return entries;
  }

  private static Range range(FileLabel label, TarArchiveEntry entry) {
    if (!entry.isFile() || entry.getSize() > LARGEST_ENTRY) {
      throw label.broken(
          "has %s, which is no file of a usual size; build the corpus anew"
              .formatted(FileLabel.quote(entry.getName())));
    }
    return new Range(entry.getDataOffset(), (int) entry.getSize());
  }
}
