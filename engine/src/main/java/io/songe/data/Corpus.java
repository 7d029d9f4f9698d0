package io.songe.data;

import io.songe.file.FileHash;
import io.songe.file.FileLabel;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An opened corpus: a folder of shards, tar archives in which each picture {@code name.png} is
 * followed by {@code name.json} with its {@link Drawing} (the WebDataset convention), and {@code
 * corpus.json}, which tells how it was built. Its files are mapped as long as it is open. Safe for
 * use by several threads, which must have ended before it is closed.
 */
public final class Corpus implements AutoCloseable {
  private final Path folder;
  private final CorpusDescription description;
  private final List<Drawing> drawings;
  private final List<Stored> stored;
  private final Arena arena;
  private volatile Optional<UnpackedPictures> unpacked;

  /** Where a picture lies. */
  private record Stored(String name, MemorySegment png) {}

  private Corpus(
      Path folder,
      CorpusDescription description,
      List<Drawing> drawings,
      List<Stored> stored,
      Arena arena) {
    this.folder = folder;
    this.description = description;
    this.drawings = List.copyOf(drawings);
    this.stored = List.copyOf(stored);
    this.arena = arena;
    this.unpacked =
        UnpackedPictures.map(unpackedFile(), drawings.size(), description.side(), arena);
  }

  /**
   * Opens a corpus for reading. Its structure is checked, and that every shard has the size that it
   * had when it was built; pictures are checked when they are read.
   *
   * @param folder of a finished corpus
   * @return the corpus, open until it is closed
   * @throws io.songe.error.InvalidRequestException if the folder does not exist or holds no
   *     finished corpus
   * @throws io.songe.error.BrokenFileException if a file is missing, damaged or contradicts another
   */
  public static Corpus open(Path folder) {
    CorpusDescription description = CorpusDescription.read(folder);
    Arena arena = Arena.ofShared();
    try {
      List<Drawing> drawings = new ArrayList<>();
      List<Stored> stored = new ArrayList<>();
      for (ShardRecord shard : description.shards()) {
        readShard(folder.resolve(shard.name()), shard, arena, drawings, stored);
      }
      requireOrder(folder, drawings);
      return new Corpus(folder, description, drawings, stored, arena);
    } catch (RuntimeException | Error failure) {
      arena.close();
      throw failure;
    }
  }

  private static void readShard(
      Path file, ShardRecord shard, Arena arena, List<Drawing> drawings, List<Stored> stored) {
    FileLabel label = FileLabel.of(file);
    MemorySegment bytes;
    try (FileChannel channel = FileChannel.open(file)) {
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    } catch (IOException unreadable) {
      throw label.unreadable(unreadable);
    }
    if (bytes.byteSize() != shard.bytes()) {
      throw label.broken(
          "has %d bytes where %s says %d; build the corpus anew"
              .formatted(bytes.byteSize(), CorpusDescription.FILE, shard.bytes()));
    }
    List<ShardFile.Entry> entries = ShardFile.list(file);
    if (entries.size() != shard.drawings()) {
      throw label.broken(
          "holds %d drawings where %s says %d; build the corpus anew"
              .formatted(entries.size(), CorpusDescription.FILE, shard.drawings()));
    }
    for (ShardFile.Entry entry : entries) {
      String name = label.text() + ", " + entry.name();
      stored.add(new Stored(name, slice(label, bytes, entry.picture())));
      byte[] text = slice(label, bytes, entry.text()).toArray(ValueLayout.JAVA_BYTE);
      drawings.add(DrawingJson.read(name, text));
    }
  }

  private static MemorySegment slice(FileLabel label, MemorySegment bytes, ShardFile.Range range) {
    if (range.offset() < 0 || range.offset() + range.length() > bytes.byteSize()) {
      throw label.broken("ends too early; build the corpus anew");
    }
    return bytes.asSlice(range.offset(), range.length());
  }

  private static void requireOrder(Path folder, List<Drawing> drawings) {
    Set<String> keys = new HashSet<>();
    String last = "";
    for (Drawing drawing : drawings) {
      if (!keys.add(drawing.key()) || drawing.key().compareTo(last) < 0) {
        throw FileLabel.ofFolder(folder)
            .broken(
                "drawing %s is there twice or out of order; build the corpus anew"
                    .formatted(FileLabel.quote(drawing.key())));
      }
      last = drawing.key();
    }
  }

  /** {@return the drawings in the order of the shards, which is that of their keys} */
  public List<Drawing> drawings() {
    return drawings;
  }

  /** {@return height and width of every picture, in pixels} */
  public int side() {
    return description.side();
  }

  /** {@return how it was built} */
  public CorpusDescription description() {
    return description;
  }

  /** {@return what the content is, as 64 hexadecimal digits: the same for identical builds} */
  public String sha256() {
    return description.sha256();
  }

  /**
   * One picture, with straight coverage.
   *
   * @param drawing its position in {@link #drawings()}
   * @return the picture, {@link #side()} pixels wide and high
   * @throws io.songe.error.BrokenFileException if it cannot be read
   */
  public Image picture(int drawing) {
    return unpacked.isPresent() ? unpacked.get().picture(drawing) : decode(drawing);
  }

  private Image decode(int drawing) {
    Stored picture = stored.get(drawing);
    byte[] png = picture.png().toArray(ValueLayout.JAVA_BYTE);
    Image image = Png.decode(png, picture.name(), PngLimits.DEFAULT).image();
    if (image.width() != side() || image.height() != side()) {
      throw new FileLabel(picture.name())
          .broken("is %s where the corpus has side %d; build it anew".formatted(image, side()));
    }
    return image;
  }

  /**
   * Lays all pictures decoded into one file beside the shards, from which {@link #picture} then
   * reads many times as fast; does nothing where that was done already. For {@code n} drawings it
   * takes {@code 4 n side side} bytes.
   *
   * @throws io.songe.error.BrokenFileException if a picture cannot be read, or the disk is full
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public synchronized void unpack() {
    if (unpacked.isEmpty()) {
      UnpackedPictures.write(unpackedFile(), drawings.size(), side(), this::decode);
      unpacked = UnpackedPictures.map(unpackedFile(), drawings.size(), side(), arena);
    }
  }

  private Path unpackedFile() {
    return folder.resolve(UnpackedPictures.name(description.sha256()));
  }

  /**
   * Compares every shard with its checksum.
   *
   * @throws io.songe.error.BrokenFileException if one has changed since it was built
   */
  public void verify() {
    for (ShardRecord shard : description.shards()) {
      Path file = folder.resolve(shard.name());
      if (!FileHash.sha256(file).equals(shard.sha256())) {
        throw FileLabel.of(file)
            .broken("has changed since it was built; delete it and build the corpus again");
      }
    }
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
