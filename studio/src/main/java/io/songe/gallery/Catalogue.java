package io.songe.gallery;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.file.FileLabel;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.lucene.store.FSDirectory;

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

  private final PictureTree tree;
  private final PictureIndex index;
  private final Journal journal;
  private final Consumer<String> told;
  private int changes;

  private Catalogue(PictureTree tree, PictureIndex index, Journal journal, Consumer<String> told) {
    this.tree = tree;
    this.index = index;
    this.journal = journal;
    this.told = told;
  }

  /**
   * Opens a catalogue, and brings its index in step with the files.
   *
   * @param root the gallery's folder
   * @param tree its files
   * @param told hears of files that cannot be read
   */
  static Catalogue open(Path root, PictureTree tree, Consumer<String> told) {
    Path folder = root.resolve(INDEX);
    try {
      Path words = Files.createDirectories(folder.resolve(WORDS));
      Optional<PictureIndex> saved = PictureIndex.open(FSDirectory.open(words));
      PictureIndex index =
          saved.isPresent() ? saved.get() : PictureIndex.create(FSDirectory.open(words));
      var catalogue = new Catalogue(tree, index, Journal.open(folder.resolve(CHANGES)), told);
      if (saved.isPresent()) {
        catalogue.recover();
      } else {
        catalogue.rebuild();
      }
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
    index.put(entry);
    changed();
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
    index.put(entry);
    changed();
    return entry;
  }

  /** Removes a picture for good. */
  void delete(Entry entry) {
    journal.note(entry.place());
    tree.delete(entry.place());
    index.remove(entry.picture().id());
    changed();
  }

  private void changed() {
    changes++;
    if (changes >= CHANGES_BETWEEN_SAVES) {
      save();
    }
  }

  /** After this, nothing needs to be read again. */
  void save() {
    index.save();
    journal.clear();
    changes = 0;
  }

  private void recover() {
    List<Place> noted = journal.noted();
    noted.forEach(this::reread);
    index.refresh();
    boolean different = compare();
    if (different || !noted.isEmpty()) {
      index.refresh();
      save();
    }
  }

  /** Takes over what a file says now; wherever it lies. */
  private void reread(Place place) {
    Optional<Place> now =
        List.of(place.inTrash(false), place.inTrash(true)).stream().filter(tree::holds).findFirst();
    if (now.isEmpty()) {
      index.remove(place.name().id());
      return;
    }
    read(now.get()).ifPresent(index::put);
  }

  /** Folders that people changed by hand are read again. {@return whether there were any} */
  private boolean compare() {
    Map<String, List<Place>> files = tree.places();
    Map<String, Long> sums = index.folderSums();
    Set<String> folders = new HashSet<>(files.keySet());
    folders.addAll(sums.keySet());
    folders.removeIf(
        folder -> sum(files.getOrDefault(folder, List.of())) == sums.getOrDefault(folder, 0L));
    Set<Place> gone = new HashSet<>();
    Set<Place> come = new HashSet<>();
    for (String folder : folders) {
      Set<Place> known = index.places(folder);
      List<Place> there = files.getOrDefault(folder, List.of());
      known.stream().filter(place -> !there.contains(place)).forEach(gone::add);
      there.stream().filter(place -> !known.contains(place)).forEach(come::add);
    }
    gone.forEach(place -> index.remove(place.name().id()));
    come.forEach(place -> read(place).ifPresent(index::put));
    return !folders.isEmpty();
  }

  private static long sum(List<Place> places) {
    return places.stream().mapToLong(place -> PictureFields.number(place.name().file())).sum();
  }

  /** Makes the index anew from the files. {@return how many pictures it has} */
  int rebuild() {
    index.clear();
    Set<String> ids = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<?>> folders = new java.util.ArrayList<>();
      tree.places()
          .values()
          .forEach(places ->
              folders.add(
                  threads.submit(() ->
                      places.forEach(place -> {
                        if (ids.add(place.name().id())) {
                          read(place).ifPresent(index::add);
                        } else {
                          told.accept(
                              place.path() + ": another picture has this id; this one is left out");
                        }
                      }))));
      for (Future<?> folder : folders) {
        folder.get();
      }
    } catch (InterruptedException | ExecutionException failure) {
      throw new EngineException("the gallery could not be read", failure);
    }
    index.refresh();
    save();
    return index.size();
  }

  /** {@return what a picture's file says; empty if it cannot be read, of which is told} */
  private Optional<Entry> read(Place place) {
    Path file = tree.file(place);
    try {
      if (!tree.holds(place)) {
        throw FileLabel.of(file).broken("this is a link; put the picture itself here");
      }
      SequencedMap<String, String> texts = Png.readTexts(file, PngLimits.DEFAULT);
      Optional<Imprint> imprint = Imprint.of(texts);
      return Optional.of(
          Entry.of(
              place,
              imprint.isPresent() ? imprint.get() : imprint(file),
              Origin.asFarAsKnown(texts),
              marks(place)));
    } catch (BrokenFileException unusable) {
      told.accept(String.valueOf(unusable.getMessage()));
      return Optional.empty();
    }
  }

  /** Of a file whose texts another program has removed. */
  private static Imprint imprint(Path file) {
    Png png = Png.read(file, PngLimits.DEFAULT);
    try {
      Instant modified = Files.getLastModifiedTime(file).toInstant();
      return Imprint.of(png.image(), modified, "");
    } catch (IOException unreadable) {
      throw FileLabel.of(file).unreadable(unreadable);
    }
  }

  private Marks marks(Place place) {
    try {
      return tree.marks(place);
    } catch (BrokenFileException unusable) {
      told.accept(String.valueOf(unusable.getMessage()));
      return Marks.NONE;
    }
  }

  @Override
  public void close() {
    if (changes > 0) {
      save();
    }
    index.close();
    journal.close();
  }
}
