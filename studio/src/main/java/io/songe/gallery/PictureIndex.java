package io.songe.gallery;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.BytesRef;

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

  private static final SortField LATEST =
      LongField.newSortField(PictureFields.CREATED, true, SortedNumericSelector.Type.MIN);
  private static final SortField BY_ID = new SortField(PictureFields.ID, SortField.Type.STRING);
  private static final Sort NEWEST_FIRST = new Sort(LATEST, BY_ID);
  private static final Sort BEST_FIRST = new Sort(SortField.FIELD_SCORE, LATEST, BY_ID);

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
    attempt(() ->
        writer.updateDocument(
            new Term(PictureFields.ID, id), PictureFields.document(entry)));
    recent.put(id, Optional.of(entry));
  }

  /** Adds a picture whose id is not there; only {@link #refresh} shows it. */
  void add(Entry entry) {
    attempt(() -> writer.addDocument(PictureFields.document(entry)));
  }

  /** Removes a picture, if it is there. */
  void remove(String id) {
    attempt(() -> writer.deleteDocuments(new Term(PictureFields.ID, id)));
    recent.put(id, Optional.empty());
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
    return changed != null ? changed : first(new TermQuery(new Term(PictureFields.ID, id)));
  }

  /** {@return an owner's picture of certain pixels} */
  Optional<Entry> findPixels(String owner, String pixels) {
    return first(
        new BooleanQuery.Builder()
            .add(new TermQuery(new Term(PictureFields.PIXELS, pixels)), Occur.FILTER)
            .add(new TermQuery(new Term(PictureFields.OWNER, owner)), Occur.FILTER)
            .build());
  }

  private Optional<Entry> first(Query query) {
    return search(searcher -> {
      TopDocs found = searcher.search(query, 1);
      return found.scoreDocs.length == 0
          ? Optional.empty()
          : Optional.of(entry(searcher.storedFields(), found.scoreDocs[0].doc));
    });
  }

  /** {@return what was found} */
  Search.Found search(Search search) {
    List<String> words = PictureQuery.significant(search.words());
    Search.Found exact = search(PictureQuery.all(words, search), search, !words.isEmpty());
    return exact.total() > 0 || words.isEmpty()
        ? exact
        : search(PictureQuery.allAndBeginning(words, search), search, true);
  }

  private Search.Found search(Query query, Search search, boolean scored) {
    return search(searcher -> {
      int wanted =
          Math.max(
              1, Math.min(search.offset() + search.most(), searcher.getIndexReader().maxDoc()));
      var best =
          new TopFieldCollectorManager(
              scored ? BEST_FIRST : NEWEST_FIRST, wanted, Integer.MAX_VALUE);
      Object[] results =
          searcher.search(query, new MultiCollectorManager(best, FacetCounts.manager()));
      ScoreDoc[] hits = ((TopDocs) results[0]).scoreDocs;
      FacetCounts counts = (FacetCounts) results[1];
      List<Picture> pictures = new ArrayList<>();
      StoredFields stored = searcher.storedFields();
      int end = Math.min(hits.length, search.offset() + search.most());
      for (int i = search.offset(); i < end; i++) {
        pictures.add(entry(stored, hits[i].doc).picture());
      }
      return new Search.Found(counts.total(), List.copyOf(pictures), counts.counts());
    });
  }

  /** {@return pictures like one, the most alike first, without itself} */
  List<Picture> similar(Entry entry, int most) {
    return search(searcher -> {
      TopDocs self =
          searcher.search(new TermQuery(new Term(PictureFields.ID, entry.picture().id())), 1);
      int own = self.scoreDocs.length == 0 ? -1 : self.scoreDocs[0].doc;
      Likeness likeness = new Likeness(entry.look(), own);
      searcher.search(PictureQuery.like(entry.picture()), likeness);
      List<Picture> pictures = new ArrayList<>();
      for (int document : likeness.best(most)) {
        pictures.add(entry(searcher.storedFields(), document).picture());
      }
      return List.copyOf(pictures);
    });
  }

  /** {@return all entries that a query finds, in no order} */
  List<Entry> entries(String owner, boolean trashed) {
    Search all =
        new Search(
            owner,
            "",
            Map.of(),
            false,
            false,
            0,
            Optional.empty(),
            Optional.empty(),
            trashed,
            0,
            0);
    return search(searcher -> {
      int most = Math.max(1, searcher.getIndexReader().maxDoc());
      List<Entry> entries = new ArrayList<>();
      StoredFields stored = searcher.storedFields();
      for (ScoreDoc hit :
          searcher.search(PictureQuery.all(List.of(), all), most, Sort.INDEXORDER).scoreDocs) {
        entries.add(entry(stored, hit.doc));
      }
      return entries;
    });
  }

  /** {@return how many pictures there are, of everybody and in the trash too} */
  int size() {
    return search(searcher -> searcher.getIndexReader().numDocs());
  }

  /** {@return by folder, the sum of {@link PictureFields#number} over its pictures' names} */
  Map<String, Long> folderSums() {
    return search(searcher -> {
      Map<String, Long> sums = new TreeMap<>();
      for (LeafReaderContext segment : searcher.getIndexReader().leaves()) {
        addSums(segment, sums);
      }
      return sums;
    });
  }

  private static void addSums(LeafReaderContext segment, Map<String, Long> sums)
      throws IOException {
    SortedDocValues folders = DocValues.getSorted(segment.reader(), PictureFields.FOLDER);
    NumericDocValues names = DocValues.getNumeric(segment.reader(), PictureFields.NAME_NUMBER);
    var live = segment.reader().getLiveDocs();
    long[] byFolder = new long[folders.getValueCount()];
    boolean[] seen = new boolean[byFolder.length];
    for (int i = 0; i < segment.reader().maxDoc(); i++) {
      if ((live == null || live.get(i)) && folders.advanceExact(i) && names.advanceExact(i)) {
        byFolder[folders.ordValue()] += names.longValue();
        seen[folders.ordValue()] = true;
      }
    }
    for (int i = 0; i < byFolder.length; i++) {
      if (seen[i]) {
        sums.merge(folders.lookupOrd(i).utf8ToString(), byFolder[i], Long::sum);
      }
    }
  }

  /** {@return the places of a folder's pictures} */
  Set<Place> places(String folder) {
    return search(searcher -> {
      Query inFolder =
          SortedDocValuesField.newSlowExactQuery(PictureFields.FOLDER, new BytesRef(folder));
      Set<Place> places = new HashSet<>();
      StoredFields stored = searcher.storedFields();
      for (ScoreDoc hit :
          searcher.search(inFolder, Math.max(1, searcher.getIndexReader().maxDoc())).scoreDocs) {
        places.add(entry(stored, hit.doc).place());
      }
      return places;
    });
  }

  private static Entry entry(StoredFields stored, int document) throws IOException {
    BytesRef json = stored.document(document).getBinaryValue(PictureFields.ENTRY);
    return Entry.fromJson(BytesRef.deepCopyOf(json).bytes);
  }

  private interface Looking<T> {
    T with(IndexSearcher searcher) throws IOException;
  }

  private <T> T search(Looking<T> looking) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return looking.with(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException failure) {
      throw broken(failure);
    }
  }

  private interface Change {
    long make() throws IOException;
  }

  private static void attempt(Change change) {
    try {
      change.make();
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
