package io.songe.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;

/**
 * Some of the pictures that are found, in the order of {@link #ORDER}. The index keeps each of its
 * segments in that order, so they need only be merged: a page far down costs hardly more than the
 * first.
 */
final class NewestPage implements Collector {
  /** The latest first; of the same moment by id. */
  static final Sort ORDER =
      new Sort(
          LongField.newSortField(PictureFields.CREATED, true, SortedNumericSelector.Type.MIN),
          new SortField(PictureFields.ID, SortField.Type.STRING));

  private final int offset;
  private final int end;
  private final List<Run> runs = new ArrayList<>();

  private NewestPage(int offset, int end) {
    this.offset = offset;
    this.end = end;
  }

  /**
   * What makes pages.
   *
   * @param offset how many are passed over
   * @param end how many are passed over or wanted
   */
  static CollectorManager<NewestPage, List<Integer>> manager(int offset, int end) {
    return new CollectorManager<>() {
      @Override
      public NewestPage newCollector() {
        return new NewestPage(offset, end);
      }

      @Override
      public List<Integer> reduce(Collection<NewestPage> parts) throws IOException {
        NewestPage whole = new NewestPage(offset, end);
        parts.forEach(part -> whole.runs.addAll(part.runs));
        return whole.documents();
      }
    };
  }

  /** What is found in a segment, and where the merge stands in it. */
  private static final class Run {
    private final int base;
    private final NumericDocValues times;
    private final SortedDocValues ids;
    private int[] documents = new int[16];
    private int count;
    private int next;
    private long time;

    Run(LeafReaderContext segment) throws IOException {
      this.base = segment.docBase;
      this.times =
          DocValues.unwrapSingleton(
              DocValues.getSortedNumeric(segment.reader(), PictureFields.CREATED));
      this.ids = DocValues.getSorted(segment.reader(), PictureFields.ID);
    }

    void add(int document) {
      if (count == documents.length) {
        documents = Arrays.copyOf(documents, 2 * count);
      }
      documents[count++] = document;
    }

    /** {@return whether there is one more to stand at} */
    boolean step() throws IOException {
      if (next == count) {
        return false;
      }
      times.advanceExact(documents[next]);
      time = times.longValue();
      next++;
      return true;
    }

    int document() {
      return documents[next - 1];
    }

    String id() {
      try {
        return ids.advanceExact(document()) ? ids.lookupOrd(ids.ordValue()).utf8ToString() : "";
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }

  @Override
  public LeafCollector getLeafCollector(LeafReaderContext segment) throws IOException {
    Run run = new Run(segment);
    runs.add(run);
    return new LeafCollector() {
      @Override
      public void setScorer(Scorable scorer) {}

      @Override
      public void collect(int document) {
        if (run.count < end) {
          run.add(document);
        }
      }
    };
  }

  /** Merges; to be called once. */
  private List<Integer> documents() throws IOException {
    PriorityQueue<Run> open =
        new PriorityQueue<>(
            Comparator.comparingLong((Run run) -> run.time).reversed().thenComparing(Run::id));
    for (Run run : runs) {
      if (run.step()) {
        open.add(run);
      }
    }
    List<Integer> page = new ArrayList<>();
    for (int i = 0; i < end && !open.isEmpty(); i++) {
      Run latest = open.remove();
      if (i >= offset) {
        page.add(latest.base + latest.document());
      }
      if (latest.step()) {
        open.add(latest);
      }
    }
    return page;
  }
}
