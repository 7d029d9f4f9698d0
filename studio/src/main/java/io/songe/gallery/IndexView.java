package io.songe.gallery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/**
 * The index as it was at one moment.
 *
 * @param searcher over it
 */
record IndexView(IndexSearcher searcher) {
  private static final Sort BEST_FIRST =
      new Sort(SortField.FIELD_SCORE, NewestPage.ORDER.getSort()[0], NewestPage.ORDER.getSort()[1]);

  /** {@return a picture} */
  Optional<Entry> find(String id) throws IOException {
    return first(PictureQuery.term(PictureFields.ID, id));
  }

  /** {@return an owner's picture of certain pixels} */
  Optional<Entry> findPixels(String owner, String pixels) throws IOException {
    return first(PictureQuery.pixels(owner, pixels));
  }

  private Optional<Entry> first(Query query) throws IOException {
    TopDocs found = searcher.search(query, 1);
    return found.scoreDocs.length == 0
        ? Optional.empty()
        : Optional.of(entry(searcher.storedFields(), found.scoreDocs[0].doc));
  }

  /** {@return what is found with all words; if nothing is, the last may be a beginning} */
  Search.Found found(Search search) throws IOException {
    List<String> words = PictureQuery.significant(search.words());
    if (words.isEmpty()) {
      return newest(PictureQuery.all(words, search), search);
    }
    Search.Found exact = best(PictureQuery.all(words, search), search);
    return exact.total() > 0 ? exact : best(PictureQuery.allAndBeginning(words, search), search);
  }

  private Search.Found newest(Query query, Search search) throws IOException {
    var page = NewestPage.manager(search.offset(), end(search));
    Object[] results =
        searcher.search(query, new MultiCollectorManager(page, FacetCounts.manager()));
    return found(documents(results[0]), (FacetCounts) results[1]);
  }

  /** {@return what a search for several things gave for the page} */
  private static List<Integer> documents(Object page) {
    return ((List<?>) page).stream().map(Integer.class::cast).toList();
  }

  private Search.Found best(Query query, Search search) throws IOException {
    var best =
        new TopFieldCollectorManager(BEST_FIRST, Math.max(1, end(search)), Integer.MAX_VALUE);
    Object[] results =
        searcher.search(query, new MultiCollectorManager(best, FacetCounts.manager()));
    List<Integer> page =
        Stream.of(((TopDocs) results[0]).scoreDocs)
            .skip(search.offset())
            .limit(search.most())
            .map(hit -> hit.doc)
            .toList();
    return found(page, (FacetCounts) results[1]);
  }

  private int end(Search search) {
    return (int) Math.min((long) search.offset() + search.most(), most());
  }

  private Search.Found found(List<Integer> page, FacetCounts counts) throws IOException {
    return new Search.Found(counts.total(), pictures(page), counts.counts());
  }

  private List<Picture> pictures(List<Integer> documents) throws IOException {
    List<Picture> pictures = new ArrayList<>();
    StoredFields stored = searcher.storedFields();
    for (int document : documents) {
      pictures.add(entry(stored, document).picture());
    }
    return List.copyOf(pictures);
  }

  /** {@return pictures like one, the most alike first, without itself} */
  List<Picture> similar(Entry entry, int most) throws IOException {
    Query like = PictureQuery.like(entry.picture());
    ScoreDoc[] self = searcher.search(PictureQuery.onlyIf(like, entry.picture().id()), 1).scoreDocs;
    if (self.length == 0) {
      return List.of(); // removed meanwhile
    }
    var model = new Likeness.Model(self[0].doc, self[0].score, entry.look());
    return pictures(searcher.search(like, Likeness.manager(model, most)));
  }

  /** {@return all that lies in an owner's trash, in no order} */
  List<Entry> trash(String owner) throws IOException {
    return entries(PictureQuery.trash(owner));
  }

  /** {@return everybody's pictures that began with another one, in the trash too, in no order} */
  List<Entry> edited() throws IOException {
    return entries(PictureQuery.edited());
  }

  private List<Entry> entries(Query query) throws IOException {
    List<Entry> entries = new ArrayList<>();
    StoredFields stored = searcher.storedFields();
    for (ScoreDoc hit : searcher.search(query, most(), Sort.INDEXORDER).scoreDocs) {
      entries.add(entry(stored, hit.doc));
    }
    return entries;
  }

  private int most() {
    return Math.max(1, searcher.getIndexReader().maxDoc());
  }

  /** {@return how many pictures there are, of everybody and in the trash too} */
  int size() {
    return searcher.getIndexReader().numDocs();
  }

  /** {@return by folder, the sum of {@link PictureFields#number} over its pictures' names} */
  Map<String, Long> folderSums() throws IOException {
    Map<String, Long> sums = new TreeMap<>();
    for (LeafReaderContext segment : searcher.getIndexReader().leaves()) {
      addSums(segment, sums);
    }
    return sums;
  }

  private static void addSums(LeafReaderContext segment, Map<String, Long> sums)
      throws IOException {
    SortedDocValues folders = DocValues.getSorted(segment.reader(), PictureFields.FOLDER);
    NumericDocValues names = DocValues.getNumeric(segment.reader(), PictureFields.NAME_NUMBER);
    Bits live = segment.reader().getLiveDocs();
    long[] byFolder = new long[folders.getValueCount()];
    for (int i = 0; i < segment.reader().maxDoc(); i++) {
      if ((live == null || live.get(i)) && folders.advanceExact(i) && names.advanceExact(i)) {
        byFolder[folders.ordValue()] += names.longValue();
      }
    }
    for (int i = 0; i < byFolder.length; i++) {
      sums.merge(folders.lookupOrd(i).utf8ToString(), byFolder[i], Long::sum);
    }
  }

  /** {@return the places of a folder's pictures} */
  Set<Place> places(String folder) throws IOException {
    Set<Place> places = new HashSet<>();
    Query inFolder =
        SortedDocValuesField.newSlowExactQuery(PictureFields.FOLDER, new BytesRef(folder));
    entries(inFolder).forEach(entry -> places.add(entry.place()));
    return places;
  }

  private static Entry entry(StoredFields stored, int document) throws IOException {
    BytesRef json = stored.document(document).getBinaryValue(PictureFields.ENTRY);
    return Entry.fromJson(BytesRef.deepCopyOf(json).bytes);
  }
}
