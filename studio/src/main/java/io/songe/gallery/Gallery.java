package io.songe.gallery;

import io.songe.image.Png;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Stored pictures and their search. Safe for many threads. Whoever is not a picture's owner is
 * answered as if there were no such picture.
 */
public final class Gallery implements AutoCloseable {
  private Gallery() {}

  /**
   * Opens the gallery of a folder, and rebuilds the index if it is missing or of another version.
   *
   * @param folder where it lies; made when it is missing
   * @param clock tells when pictures are added
   */
  public static Gallery open(Path folder, Clock clock) {
    throw new IllegalStateException();
  }

  /** {@return whether a picture's file is there, in the trash too} */
  public boolean has(String id) {
    throw new IllegalStateException();
  }

  /**
   * Adds a picture; its file is whole and on the disk when this returns. One whose id is there is
   * left as it is.
   *
   * @param id of {@code [a-z0-9-]}, at most 64
   * @param owner whose it is
   * @param style that was asked for by name; may be empty
   * @param picture with the texts that say how it was made
   */
  public Picture add(String id, String owner, String style, Png picture) {
    throw new IllegalStateException();
  }

  /** {@return a picture} */
  public Optional<Picture> find(String owner, String id) {
    throw new IllegalStateException();
  }

  /** {@return its PNG file, as it was added} */
  public Optional<Path> file(String owner, String id) {
    throw new IllegalStateException();
  }

  /** {@return a small WebP or PNG file of it, made when it is first asked for} */
  public Optional<Path> thumbnail(String owner, String id, int side) {
    throw new IllegalStateException();
  }

  /** {@return its texts, by keyword: how it was made} */
  public Map<String, String> texts(String owner, String id) {
    throw new IllegalStateException();
  }

  /** {@return what was found} */
  public Search.Found search(Search search) {
    throw new IllegalStateException();
  }

  /** {@return pictures like one, the most alike first, without itself} */
  public List<Picture> similar(String owner, String id, int most) {
    throw new IllegalStateException();
  }

  /** Marks a picture, or takes the mark away. */
  public Picture favourite(String owner, String id, boolean favourite) {
    throw new IllegalStateException();
  }

  /** Gives a picture 1 to 5 stars, or 0 for none. */
  public Picture rate(String owner, String id, int stars) {
    throw new IllegalStateException();
  }

  /** Moves a picture to the trash. */
  public Picture trash(String owner, String id) {
    throw new IllegalStateException();
  }

  /** Takes a picture out of the trash again. */
  public Picture restore(String owner, String id) {
    throw new IllegalStateException();
  }

  /** Removes for good what has lain in the owner's trash; @return how many pictures */
  public int emptyTrash(String owner) {
    throw new IllegalStateException();
  }

  /** {@return the owner's collections, each with the number of its pictures} */
  public Map<String, Integer> collections(String owner) {
    throw new IllegalStateException();
  }

  /** Puts a picture into a collection, which is made by that, or takes it out. */
  public Picture collect(String owner, String id, String collection, boolean into) {
    throw new IllegalStateException();
  }

  /**
   * Adds all pictures of a folder that were made elsewhere; those that are there already are left.
   *
   * @param told hears of each file: added, there already, or why not
   */
  public void importFolder(String owner, Path pictures, Consumer<String> told) {
    throw new IllegalStateException();
  }

  /** Makes the index anew from the files alone. @return how many pictures it has */
  public int rebuild() {
    throw new IllegalStateException();
  }

  @Override
  public void close() {}
}
