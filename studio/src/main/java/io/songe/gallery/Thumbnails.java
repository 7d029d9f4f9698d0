package io.songe.gallery;

import io.songe.error.InvalidRequestException;
import io.songe.file.AtomicFile;
import io.songe.file.FileLabel;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Resampling;
import io.songe.pictures.PictureFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Small pictures for overviews, as WebP files with their coverage. They are made when they are
 * first asked for; their folder may be removed at any time.
 */
final class Thumbnails {
  /** The longer sides that there are, in pixels. */
  private static final List<Integer> SIDES = List.of(128, 256, 512);

  private static final int QUALITY = 80;

  private final Path folder;

  Thumbnails(Path folder) {
    this.folder = folder;
  }

  /**
   * {@return a picture's small file}
   *
   * @param place of the picture
   * @param side the longer one's length
   * @param original reads the picture, if it is needed
   * @throws InvalidRequestException if there are none of that side
   */
  Path of(Place place, int side, Supplier<Image> original) {
    if (!SIDES.contains(side)) {
      throw new InvalidRequestException(
          "small pictures have a side of %s pixels, not %d"
              .formatted(SIDES.toString().replaceAll("[\\[\\]]", ""), side));
    }
    Path file = file(place, side);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      write(file, encoded(reduced(original.get(), side)));
    }
    return file;
  }

  /** Removes a picture's small files. */
  void delete(Place place) {
    for (int side : SIDES) {
      try {
        Files.deleteIfExists(file(place, side));
      } catch (IOException failure) {
        throw FileLabel.of(folder).broken("cannot be removed", failure);
      }
    }
  }

  private Path file(Place place, int side) {
    return folder
        .resolve(String.valueOf(side))
        .resolve(OwnerFolder.of(place.owner()))
        .resolve(place.day())
        .resolve(place.name().id() + ".webp");
  }

  private static Image reduced(Image image, int side) {
    int longer = Math.max(image.width(), image.height());
    if (longer <= side) {
      return image;
    }
    return image.resize(
        Math.max(1, Math.round((float) image.width() * side / longer)),
        Math.max(1, Math.round((float) image.height() * side / longer)),
        Resampling.LANCZOS3);
  }

  /** Not every machine can write WebP; browsers tell the two by their first bytes. */
  private static byte[] encoded(Image image) {
    PictureFormat format =
        PictureFormat.WEBP.canBeWritten() ? PictureFormat.WEBP : PictureFormat.PNG;
    return format.encode(image, QUALITY, Colour.TRANSPARENT);
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      AtomicFile.write(file, AtomicFile.Content.of(bytes));
    } catch (IOException failure) {
      throw FileLabel.of(file)
          .broken(
              "cannot be written: " + FileLabel.reason(failure) + "; is there room on the disk?",
              failure);
    }
  }
}
