package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.gallery.PhraseName;
import io.songe.image.Png;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Where pictures are written: in a folder, under names that nothing there has. What can be known
 * before the work begins is checked when this is made.
 */
final class OutputPlace {
  private static final String EXTENSION = ".png";

  /** In bytes: 255 on all usual file systems, less what numbers may add. */
  private static final int LONGEST_NAME = 240;

  private final Surroundings around;
  private final Path folder;
  private final String stem;
  private final boolean named;

  private OutputPlace(Surroundings around, Path folder, String stem, boolean named) {
    this.around = around;
    this.folder = folder;
    this.stem = stem;
    this.named = named;
  }

  /**
   * A place whose folder can be written to.
   *
   * @param around the words
   * @param wanted a folder, or a file's name; empty for the working folder
   * @param phrase names the files where no name is wanted
   * @throws InvalidRequestException if there is no such folder, or the name is no picture's
   * @throws UnwritableException if nothing can be written there
   */
  static OutputPlace of(Surroundings around, String wanted, String phrase) {
    Path path = UserPath.of(wanted, around);
    boolean asFolder =
        wanted.isEmpty()
            || wanted.endsWith("/")
            || wanted.endsWith(File.separator)
            || Files.isDirectory(path);
    OutputPlace place =
        asFolder
            ? new OutputPlace(around, path, PhraseName.of(phrase), false)
            : ofFile(around, path, wanted);
    place.requireFolder();
    place.requireWritable();
    return place;
  }

  private static OutputPlace ofFile(Surroundings around, Path file, String wanted) {
    String name = String.valueOf(file.getFileName());
    boolean png = name.toLowerCase(Locale.ROOT).endsWith(EXTENSION);
    if (!png || name.length() == EXTENSION.length()) {
      throw new InvalidRequestException(around.say(Text.NO_PICTURE_NAME, wanted));
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw new InvalidRequestException(around.say(Text.NAME_TOO_LONG, LONGEST_NAME, name));
    }
    Path parent = file.getParent();
    return new OutputPlace(
        around,
        parent == null ? Path.of("") : parent,
        name.substring(0, name.length() - EXTENSION.length()),
        true);
  }

  private void requireFolder() {
    if (!Files.isDirectory(folder)) {
      throw new InvalidRequestException(around.say(Text.NO_FOLDER, folder));
    }
  }

  /** Permissions, read-only disks and the like all show in one way: by trying. */
  private void requireWritable() {
    Path trial = folder.resolve("." + UUID.randomUUID() + ".part");
    try {
      Files.createFile(trial);
      Files.delete(trial);
    } catch (AccessDeniedException denied) {
      throw new UnwritableException(around.say(Text.FOLDER_DENIED, shown()), denied);
    } catch (IOException unwritable) {
      throw new UnwritableException(
          around.say(Text.FOLDER_UNWRITABLE, shown(), reason(unwritable)), unwritable);
    }
  }

  private static String reason(IOException failure) {
    return failure instanceof FileSystemException underlying && underlying.getReason() != null
        ? underlying.getReason()
        : failure.getClass().getSimpleName();
  }

  private Path shown() {
    return folder.toString().isEmpty() ? folder.toAbsolutePath() : folder;
  }

  /**
   * {@return a name for a picture that no file has}
   *
   * @param seed of the picture; part of the name unless one was wanted
   * @param number of the picture, from 1
   * @param count how many there are; a name that was wanted gets the number if there are several
   */
  Path picture(long seed, int number, int count) {
    if (named) {
      return unused(count == 1 ? stem : stem + "-" + number);
    }
    return unused(stem + "-" + seed);
  }

  /**
   * {@return a name for the sheet of all pictures that no file has}
   *
   * @param seed of the first picture
   */
  Path sheet(long seed) {
    return unused(named ? stem + "-grid" : stem + "-" + seed + "-grid");
  }

  /** {@return a name for a figure that no file has} */
  Path figure() {
    return unused(stem);
  }

  private Path unused(String name) {
    return IntStream.iterate(1, number -> number + 1)
        .mapToObj(number -> number == 1 ? name : name + "-" + number)
        .map(unique -> folder.resolve(unique + EXTENSION))
        .filter(file -> !Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Writes a picture, wholly or not at all.
   *
   * @throws UnwritableException if that fails, for want of room say
   */
  static void write(Png picture, Path file) {
    try {
      picture.write(file);
    } catch (BrokenFileException unwritable) {
      throw new UnwritableException(String.valueOf(unwritable.getMessage()), unwritable);
    }
  }
}
