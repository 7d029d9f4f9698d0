package io.songe.data;

import io.songe.file.AtomicFile;
import io.songe.file.FileLabel;
import io.songe.image.Image;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * All pictures of a corpus decoded, one after the other, in a mapped file whose name says of which
 * corpus it is. It is not part of the corpus: it may be deleted, and is made again.
 */
final class UnpackedPictures {
  private static final String START = "unpacked-";
  private static final String END = ".rgba";
  private static final int DIGITS = 16;

  /** So many pictures are decoded side by side before they are written. */
  private static final int TOGETHER = 256;

  private final MemorySegment pixels;
  private final int side;

  private UnpackedPictures(MemorySegment pixels, int side) {
    this.pixels = pixels;
    this.side = side;
  }

  static String name(String sha256) {
    return START + sha256.substring(0, DIGITS) + END;
  }

  static boolean isUnpacked(String name) {
    return name.startsWith(START) && name.endsWith(END);
  }

  private static long size(int drawings, int side) {
    return 4L * drawings * side * side;
  }

  /** Maps the file, if it is there and whole. */
  static Optional<UnpackedPictures> map(Path file, int drawings, int side, Arena arena) {
    try {
      if (!Files.exists(file) || Files.size(file) != size(drawings, side)) {
        return Optional.empty();
      }
      try (FileChannel channel = FileChannel.open(file)) {
        return Optional.of(
            new UnpackedPictures(
                channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena), side));
      }
    } catch (IOException unreadable) {
      throw FileLabel.of(file).unreadable(unreadable);
    }
  }

  /** Writes the file. */
  static void write(Path file, int drawings, int side, IntFunction<Image> picture) {
    try {
      if (Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace()
          < size(drawings, side)) {
        throw new IOException("the disk has no room for %d bytes".formatted(size(drawings, side)));
      }
      AtomicFile.write(
          file,
          channel -> {
            for (int first = 0; first < drawings; first += TOGETHER) {
              if (Thread.interrupted()) {
                throw new CancellationException("unpacking was cancelled");
              }
              List<byte[]> decoded =
                  IntStream.range(first, Math.min(first + TOGETHER, drawings))
                      .parallel()
                      .mapToObj(i -> picture.apply(i).rgba())
                      .toList();
              for (byte[] rgba : decoded) {
                ByteBuffer left = ByteBuffer.wrap(rgba);
                while (left.hasRemaining()) {
                  channel.write(left);
                }
              }
            }
          });
    } catch (IOException failure) {
      throw FileLabel.of(file)
          .broken(
              "could not be written (%s); free some space, or go on without unpacking"
                  .formatted(FileLabel.reason(failure)),
              failure);
    }
  }

  Image picture(int drawing) {
    long length = 4L * side * side;
    return Image.of(
        side, side, pixels.asSlice(drawing * length, length).toArray(ValueLayout.JAVA_BYTE));
  }
}
