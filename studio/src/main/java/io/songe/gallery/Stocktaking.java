package io.songe.gallery;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Brings an index in step with the files.
 *
 * @param tree the files
 * @param told hears of files that cannot be read
 */
record Stocktaking(PictureTree tree, Consumer<String> told) {
  private static final int FILES_OF_ONE_TASK = 256;

  /**
   * Takes over what changed since an index was saved.
   *
   * @param index that was saved
   * @param noted places of pictures that changed since
   * @return whether anything had changed
   */
  boolean recover(PictureIndex index, List<Place> noted) {
    noted.forEach(place -> reread(index, place));
    index.refresh();
    boolean different = compare(index);
    index.refresh();
    return different || !noted.isEmpty();
  }

  /** Takes over what a file says now, wherever it lies. */
  private void reread(PictureIndex index, Place place) {
    Optional<Place> now =
        List.of(place.inTrash(false), place.inTrash(true)).stream().filter(tree::holds).findFirst();
    if (now.isEmpty()) {
      index.remove(place.name().id());
      return;
    }
    read(now.get()).ifPresent(index::put);
  }

  /** Folders that people changed by hand are compared file by file. */
  private boolean compare(PictureIndex index) {
    Map<String, List<Place>> files = tree.places();
    Map<String, Long> sums = index.look(IndexView::folderSums);
    Set<String> folders = new HashSet<>(files.keySet());
    folders.addAll(sums.keySet());
    folders.removeIf(
        folder -> sum(files.getOrDefault(folder, List.of())) == sums.getOrDefault(folder, 0L));
    Set<Place> gone = new HashSet<>();
    Set<Place> come = new HashSet<>();
    for (String folder : folders) {
      Set<Place> known = index.look(view -> view.places(folder));
      Set<Place> there = new HashSet<>(files.getOrDefault(folder, List.of()));
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
  int rebuild(PictureIndex index) {
    index.clear();
    List<Place> places = tree.places().values().stream().flatMap(List::stream).toList();
    Set<String> ids = ConcurrentHashMap.newKeySet();
    List<Future<?>> tasks = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (int from = 0; from < places.size(); from += FILES_OF_ONE_TASK) {
        List<Place> some = places.subList(from, Math.min(places.size(), from + FILES_OF_ONE_TASK));
        tasks.add(threads.submit(() -> some.forEach(place -> addOnce(index, place, ids))));
      }
      for (Future<?> task : tasks) {
        task.get();
      }
    } catch (InterruptedException | ExecutionException failure) {
      throw new EngineException("the gallery could not be read", failure);
    }
    index.refresh();
    return index.look(IndexView::size);
  }

  private void addOnce(PictureIndex index, Place place, Set<String> ids) {
    if (ids.add(place.name().id())) {
      read(place).ifPresent(index::add);
    } else {
      told.accept(
          FileLabel.of(tree.file(place)).text()
              + ": another picture has this id; this one is left out");
    }
  }

  /** {@return what a picture's file says; empty if it cannot be read, of which is told} */
  private Optional<Entry> read(Place place) {
    try {
      Map<String, String> texts = tree.texts(place);
      Optional<Imprint> imprint = Imprint.of(texts);
      return Optional.of(
          Entry.of(
              place,
              imprint.isPresent() ? imprint.get() : imprint(place),
              Origin.asFarAsKnown(texts),
              marks(place)));
    } catch (BrokenFileException unusable) {
      told.accept(String.valueOf(unusable.getMessage()));
      return Optional.empty();
    }
  }

  /** Of a file whose texts another program has removed. */
  private Imprint imprint(Place place) {
    Path file = tree.file(place);
    try {
      Instant modified = Files.getLastModifiedTime(file).toInstant();
      return Imprint.of(tree.read(place).image(), modified.truncatedTo(ChronoUnit.MICROS), "");
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
}
