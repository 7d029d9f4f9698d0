package io.songe.gallery;

import io.songe.error.BrokenFileException;
import io.songe.file.AtomicFile;
import io.songe.file.FileLabel;
import io.songe.image.PictureTexts;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The files of a gallery: {@code pictures/OWNER/DAY/NAME.png}, the same below {@code trash}, and
 * {@code marks/OWNER/DAY/ID.json}. A picture goes to the trash and comes back by one rename; its
 * marks stay where they are. Symbolic links are never followed below the folder.
 */
final class PictureTree {
  private static final String MARKS = "marks";

  private final Path root;

  /**
   * A tree.
   *
   * @param root its folder, which is there
   */
  PictureTree(Path root) {
    this.root = root;
  }

  /** {@return the file of a place, whether it is there or not} */
  Path file(Place place) {
    return root.resolve(place.folder()).resolve(place.name().file());
  }

  /** {@return whether there is a file at a place, and no link on the way to it} */
  boolean holds(Place place) {
    Path file = file(place);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isOwn(parent(file));
  }

  /** {@return whether no folder from the root to this one is a link} */
  private boolean isOwn(Path folder) {
    for (Path each = folder; !each.equals(root); each = parent(each)) {
      if (!Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("no folder above " + file);
    }
    return parent;
  }

  /**
   * {@return a picture and its texts}
   *
   * @throws BrokenFileException if its file is missing, a link or damaged
   */
  Png read(Place place) {
    return Png.decode(bytes(place), FileLabel.of(file(place)).text(), PngLimits.DEFAULT);
  }

  /**
   * {@return a picture's texts, its pixels left compressed}
   *
   * @throws BrokenFileException as {@link #read}
   */
  SequencedMap<String, String> texts(Place place) {
    return PictureTexts.decode(bytes(place), FileLabel.of(file(place)).text(), PngLimits.DEFAULT);
  }

  private byte[] bytes(Place place) {
    Path file = file(place);
    if (!holds(place)) {
      throw FileLabel.of(file).broken("this is no file of its own; put the picture itself here");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes((int) PngLimits.DEFAULT.bytes() + 1);
    } catch (IOException unreadable) {
      throw FileLabel.of(file).unreadable(unreadable);
    }
  }

  /** Writes a picture's file, which is on the disk then. */
  void write(Place place, byte[] png) {
    Path file = file(place);
    attempt(
        file,
        () -> {
          Path folder = made(parent(file));
          AtomicFile.write(file, AtomicFile.Content.of(png));
          force(folder);
        });
  }

  /** Moves a picture's file to the trash or out of it. */
  void move(Place from, Place to) {
    Path file = file(from);
    attempt(
        file,
        () -> {
          if (!holds(from)) {
            throw new NoSuchFileException(file.toString());
          }
          Path folder = made(parent(file(to)));
          Files.move(file, file(to), StandardCopyOption.ATOMIC_MOVE);
          force(folder);
          force(parent(file));
        });
  }

  /** Removes a picture's file and its marks. */
  void delete(Place place) {
    Path file = file(place);
    attempt(
        file,
        () -> {
          if (isOwn(parent(file))) {
            Files.deleteIfExists(file);
          }
          Path marks = marksFile(place);
          if (isOwn(parent(marks))) {
            Files.deleteIfExists(marks);
          }
        });
  }

  /**
   * {@return a picture's marks; none if nobody noted any}
   *
   * @throws BrokenFileException if they cannot be read
   */
  Marks marks(Place place) {
    Path file = marksFile(place);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !isOwn(parent(file))) {
      return Marks.NONE;
    }
    try {
      return Marks.fromJson(Files.readAllBytes(file), file);
    } catch (IOException unreadable) {
      throw FileLabel.of(file).unreadable(unreadable);
    }
  }

  /** Writes a picture's marks, which are on the disk then. */
  void mark(Place place, Marks marks) {
    Path file = marksFile(place);
    attempt(
        file,
        () -> {
          Path folder = made(parent(file));
          if (marks.equals(Marks.NONE)) {
            Files.deleteIfExists(file);
          } else {
            AtomicFile.write(file, AtomicFile.Content.of(marks.toJson()));
          }
          force(folder);
        });
  }

  private Path marksFile(Place place) {
    return root.resolve(MARKS)
        .resolve(OwnerFolder.of(place.owner()))
        .resolve(place.day())
        .resolve(place.name().id() + ".json");
  }

  /** {@return the places of all files that are called as pictures, by their folders} */
  Map<String, List<Place>> places() {
    Map<String, List<Place>> places = new TreeMap<>();
    for (boolean trashed : new boolean[] {false, true}) {
      for (Path owners : folders(root.resolve(trashed ? Place.TRASH : Place.PICTURES))) {
        OwnerFolder.owner(owners.getFileName().toString())
            .ifPresent(owner ->
                folders(owners).stream()
                    .filter(day -> Place.isDay(day.getFileName().toString()))
                    .forEach(day -> {
                      List<Place> files = files(trashed, owner, day);
                      if (!files.isEmpty()) {
                        places.put(files.getFirst().folder(), files);
                      }
                    }));
      }
    }
    return places;
  }

  private static List<Place> files(boolean trashed, String owner, Path day) {
    List<Place> places = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(day)) {
      for (Path file : files) {
        PictureName.parse(file.getFileName().toString())
            .map(name -> new Place(trashed, owner, day.getFileName().toString(), name))
            .ifPresent(places::add);
      }
    } catch (IOException unreadable) {
      throw FileLabel.ofFolder(day).unreadable(unreadable);
    }
    return places;
  }

  private static List<Path> folders(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path each : all) {
        if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          found.add(each);
        }
      }
    } catch (IOException unreadable) {
      throw FileLabel.ofFolder(folder).unreadable(unreadable);
    }
    return found;
  }

  /** Makes a folder below the root, and those above it; none may be a link. */
  private Path made(Path folder) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isOwn(folder)) {
      return folder;
    }
    Path above = root;
    for (Path name : root.relativize(folder)) {
      Path next = above.resolve(name);
      if (Files.exists(next, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(next, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(FileLabel.of(next).text() + " is no folder of its own");
      }
      if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(next);
        force(above);
      }
      above = next;
    }
    return folder;
  }

  /** After this a power failure cannot undo a rename; not every system lets one ask for it. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      // Windows opens no folders.
    }
  }

  private interface Change {
    void make() throws IOException;
  }

  private static void attempt(Path file, Change change) {
    try {
      change.make();
    } catch (NoSuchFileException missing) {
      throw FileLabel.of(file)
          .broken("this picture's file is gone; rebuild the gallery's index", missing);
    } catch (IOException failure) {
      throw FileLabel.of(file)
          .broken(
              "cannot be written: "
                  + FileLabel.reason(failure)
                  + "; is there room on the disk, and may it be written to?",
              failure);
    }
  }
}
