package io.songe.gallery;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * The searchable index over a gallery's pictures, in Lucene. It knows nothing that the files do not
 * say, and may be thrown away. What {@link #put} and {@link #remove} change is found after {@link
 * #refresh}, and outlives the process after {@link #save}.
 */
final class PictureIndex implements AutoCloseable {
  /** Kept, since a logger that nobody keeps forgets its level. */
  private static final Logger ADVICE =
      Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

  static {
    // Advises every user of a virtual machine without its vector module to switch that on.
    ADVICE.setLevel(Level.SEVERE);
  }

  private static final String FORMAT_KEY = "songe.gallery";

  /** To be raised with every change of fields or analysis. */
  private static final String FORMAT = "1";

  private static final double BUFFER_MEGABYTES = 32;

  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;

  /** What changed since searches were last shown it; empty for what was removed. */
  private final Map<String, Optional<Entry>> recent = new ConcurrentHashMap<>();

  private PictureIndex(Directory directory, IndexWriter writer, SearcherManager searchers) {
    this.directory = directory;
    this.writer = writer;
    this.searchers = searchers;
  }

  /**
   * Opens an index.
   *
   * @param directory where it is kept; is closed with the index, or if this fails
   * @return the index; empty if there is none, or none that this version understands
   * @throws InvalidRequestException if another process has it open
   */
  static Optional<PictureIndex> open(Directory directory) throws IOException {
    try {
      PictureIndex index = of(directory, IndexWriterConfig.OpenMode.APPEND);
      if (FORMAT.equals(index.savedFormat())) {
        return Optional.of(index);
      }
      index.close();
      return Optional.empty();
    } catch (LockObtainFailedException used) {
      directory.close();
      throw inUse(used);
    } catch (IOException | RuntimeException unusable) {
      directory.close();
      return Optional.empty();
    }
  }

  /** {@return an index with nothing in it, whatever was there} */
  static PictureIndex create(Directory directory) {
    try {
      for (String file : directory.listAll()) {
        if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
          directory.deleteFile(file);
        }
      }
      return of(directory, IndexWriterConfig.OpenMode.CREATE);
    } catch (LockObtainFailedException used) {
      throw inUse(used);
    } catch (IOException failure) {
      throw broken(failure);
    }
  }

  private static PictureIndex of(Directory directory, IndexWriterConfig.OpenMode mode)
      throws IOException {
    IndexWriter writer =
        new IndexWriter(
            directory,
            new IndexWriterConfig(PhraseAnalysis.byField())
                .setOpenMode(mode)
                .setIndexSort(NewestPage.ORDER)
                .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                .setCommitOnClose(false));
    try {
      return new PictureIndex(
          directory, writer, new SearcherManager(writer, new SearcherFactory()));
    } catch (IOException | RuntimeException unusable) {
      writer.rollback();
      throw unusable;
    }
  }

  private String savedFormat() {
    Iterable<Map.Entry<String, String>> saved = writer.getLiveCommitData();
    if (saved != null) {
      for (Map.Entry<String, String> each : saved) {
        if (each.getKey().equals(FORMAT_KEY)) {
          return each.getValue();
        }
      }
    }
    return "";
  }

  /** Adds a picture, or replaces it. */
  void put(Entry entry) {
    String id = entry.picture().id();
    recent.put(id, Optional.of(entry));
    attempt(
        () -> writer.updateDocument(new Term(PictureFields.ID, id), PictureFields.document(entry)));
  }

  /** Adds a picture whose id is not there; only {@link #refresh} shows it. */
  void add(Entry entry) {
    attempt(() -> writer.addDocument(PictureFields.document(entry)));
  }

  /** Removes a picture, if it is there. */
  void remove(String id) {
    recent.put(id, Optional.empty());
    attempt(() -> writer.deleteDocuments(new Term(PictureFields.ID, id)));
  }

  /** Removes all. */
  void clear() {
    attempt(writer::deleteAll);
  }

  /** Makes what changed visible to searches. Not to be called while something is changed. */
  void refresh() {
    attempt(() -> {
      searchers.maybeRefreshBlocking();
      return 0L;
    });
    recent.clear();
  }

  /** {@return whether something changed that searches do not see} */
  boolean isStale() {
    return !recent.isEmpty();
  }

  /** Writes what changed to the disk. */
  void save() {
    attempt(() -> {
      writer.setLiveCommitData(Map.of(FORMAT_KEY, FORMAT).entrySet());
      return writer.commit();
    });
  }

  /** {@return a picture's entry as it is now, {@link #refresh} or not} */
  Optional<Entry> find(String id) {
    Optional<Entry> changed = recent.get(id);
    return changed != null ? changed : look(view -> view.find(id));
  }

  /** {@return what is seen in the index as it was at the last {@link #refresh}} */
  <T> T look(Looking<T> looking) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return looking.at(new IndexView(searcher));
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException failure) {
      throw broken(failure);
    }
  }

  /** What somebody wants to know from the index. */
  @FunctionalInterface
  interface Looking<T> {
    T at(IndexView view) throws IOException;
  }

  private interface Change {
    long make() throws IOException;
  }

  private static void attempt(Change change) {
    try {
      change.make();
    } catch (AlreadyClosedException closed) {
      throw broken(new IOException("it was closed after a failure of the disk", closed));
    } catch (IOException failure) {
      throw broken(failure);
    }
  }

  private static BrokenFileException broken(IOException failure) {
    return new BrokenFileException(
        "the gallery's index cannot be used: "
            + FileLabel.reason(failure)
            + "; is there room on the disk? If so, rebuild it",
        failure);
  }

  private static InvalidRequestException inUse(IOException why) {
    return new InvalidRequestException(
        "another Songe has this gallery open; stop that one first, or ask it", why);
  }

  /** Lets go of the files, without saving; what was seen so far can still be looked at. */
  void stop() {
    attempt(() -> {
      writer.rollback();
      return 0L;
    });
  }

  /** Saves nothing by itself. */
  @Override
  public void close() {
    attempt(() -> {
      searchers.close();
      writer.rollback();
      directory.close();
      return 0L;
    });
  }
}
