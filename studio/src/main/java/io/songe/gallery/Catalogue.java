package io.songe.gallery;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.lucene.store.Directory;

/**
 * The files of a gallery and the index over them, kept in step. A change is noted in the journal,
 * made to the file, then to the index; so whatever is cut short is found out when the gallery is
 * opened again. All that writes is called by one thread.
 */
final class Catalogue implements AutoCloseable {
  private static final String INDEX = "index";
  private static final String WORDS = "words";
  private static final String CHANGES = "changes";

  /** So many files at most are read again after a crash. */
  private static final int CHANGES_BETWEEN_SAVES = 500;

  private final Path words;
  private final Disk disk;
  private final PictureTree tree;
  private final Stocktaking stocktaking;
  private final Journal journal;
  private final Consumer<String> told;
  private volatile PictureIndex index;

  /** Whether the index missed a change. */
  private boolean failed;

  private int changes;

  /** Where an index is written. */
  @FunctionalInterface
  interface Disk {
    Directory open(Path folder) throws IOException;
  }

  private Catalogue(
      Path words,
      Disk disk,
      PictureTree tree,
      PictureIndex index,
      Journal journal,
      Consumer<String> told) {
    this.words = words;
    this.disk = disk;
    this.tree = tree;
    this.stocktaking = new Stocktaking(tree, told);
    this.index = index;
    this.journal = journal;
    this.told = told;
  }

  /**
   * Opens a catalogue, and brings its index in step with the files.
   *
   * @param root the gallery's folder
   * @param tree its files
   * @param disk where the index is written
   * @param told hears of files that cannot be read, and of failures that nothing was lost by
   */
  static Catalogue open(Path root, PictureTree tree, Disk disk, Consumer<String> told) {
    Path folder = root.resolve(INDEX);
    try {
      Path words = Files.createDirectories(folder.resolve(WORDS));
      Optional<PictureIndex> saved = PictureIndex.open(disk.open(words));
      PictureIndex index = saved.isPresent() ? saved.get() : PictureIndex.create(disk.open(words));
      Journal journal = Journal.open(folder.resolve(CHANGES));
      var catalogue = new Catalogue(words, disk, tree, index, journal, told);
      catalogue.bringInStep(index, saved.isPresent());
      return catalogue;
    } catch (IOException failure) {
      throw FileLabel.of(folder).broken("cannot be opened: " + FileLabel.reason(failure), failure);
    }
  }

  PictureIndex index() {
    return index;
  }

  /** Adds a picture. */
  void add(Place place, byte[] png, Entry entry) {
    journal.note(place);
    tree.write(place, png);
    indexed(() -> index.put(entry));
  }

  /** Changes what somebody noted about a picture. */
  Entry mark(Entry entry, Marks marks) {
    if (marks.equals(entry.marks())) {
      return entry;
    }
    journal.note(entry.place());
    tree.mark(entry.place(), marks);
    return replaced(entry.with(marks, entry.picture().trashed()));
  }

  /** Moves a picture into the trash or out of it. */
  Entry move(Entry entry, boolean trashed) {
    if (entry.picture().trashed() == trashed) {
      return entry;
    }
    Place place = entry.place();
    journal.note(place);
    tree.move(place, place.inTrash(trashed));
    return replaced(entry.with(entry.marks(), trashed));
  }

  private Entry replaced(Entry entry) {
    indexed(() -> index.put(entry));
    return entry;
  }

  /** Removes a picture for good. */
  void delete(Entry entry) {
    journal.note(entry.place());
    tree.delete(entry.place());
    indexed(() -> index.remove(entry.picture().id()));
  }

  /** Makes what changed visible to searches. */
  void refresh() {
    withoutLoss(() -> index.refresh());
  }

  /** Makes the index anew from the files. {@return how many pictures it has} */
  int rebuild() {
    if (failed) {
      reopen();
    }
    int count = stocktaking.rebuild(index);
    save(index);
    return count;
  }

  private void indexed(Runnable change) {
    withoutLoss(change);
    changes++;
    if (changes >= CHANGES_BETWEEN_SAVES) {
      withoutLoss(() -> save(index));
    }
  }

  /**
   * Changes the index. When that fails, as on a full disk, the files have all and the journal says
   * which: the index is opened again when it is next needed.
   */
  private void withoutLoss(Runnable change) {
    try {
      if (failed) {
        reopen();
      }
      change.run();
    } catch (BrokenFileException failure) {
      failed = true;
      told.accept(String.valueOf(failure.getMessage()));
    }
  }

  /** Until another index has all that this one missed, this one is looked at. */
  private void reopen() {
    index.stop();
    PictureIndex former = index;
    try {
      Optional<PictureIndex> saved = PictureIndex.open(disk.open(words));
      PictureIndex next = saved.isPresent() ? saved.get() : PictureIndex.create(disk.open(words));
      try {
        bringInStep(next, saved.isPresent());
      } catch (BrokenFileException again) {
        next.close();
        throw again;
      }
      index = next;
      failed = false;
    } catch (IOException failure) {
      throw FileLabel.ofFolder(words).unreadable(failure);
    }
    former.close();
  }

  private void bringInStep(PictureIndex opened, boolean saved) {
    if (!saved) {
      stocktaking.rebuild(opened);
      save(opened);
    } else if (stocktaking.recover(opened, journal.noted())) {
      save(opened);
    }
  }

  /** After this, nothing needs to be read again. */
  private void save(PictureIndex changed) {
    changed.save();
    journal.clear();
    changes = 0;
    changed.refresh();
  }

  @Override
  public void close() {
    if (changes > 0) {
      withoutLoss(() -> save(index));
    }
    index.close();
    journal.close();
  }
}
