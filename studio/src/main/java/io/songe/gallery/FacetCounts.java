package io.songe.gallery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/** Counts what is found, and how often it has each value of each facet. */
final class FacetCounts implements Collector {
  private final Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
  private int total;

  FacetCounts() {
    Search.FACETS.forEach(facet -> counts.put(facet, new TreeMap<>()));
  }

  /** {@return what makes one of these for a search} */
  static CollectorManager<FacetCounts, FacetCounts> manager() {
    return new CollectorManager<>() {
      @Override
      public FacetCounts newCollector() {
        return new FacetCounts();
      }

      @Override
      public FacetCounts reduce(Collection<FacetCounts> parts) {
        FacetCounts sum = new FacetCounts();
        for (FacetCounts part : parts) {
          sum.total += part.total;
          part.counts.forEach(
              (facet, values) -> values.forEach((value, count) -> sum.add(facet, value, count)));
        }
        return sum;
      }
    };
  }

  private void add(String facet, String value, int count) {
    counts.getOrDefault(facet, new TreeMap<>()).merge(value, count, Integer::sum);
  }

  int total() {
    return total;
  }

  /** {@return by facet and value, the most frequent first} */
  Map<String, Map<String, Integer>> counts() {
    Map<String, Map<String, Integer>> sorted = new LinkedHashMap<>();
    counts.forEach((facet, values) -> {
      Map<String, Integer> frequentFirst = new LinkedHashMap<>();
      values.entrySet().stream()
          .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
          .forEach(value -> frequentFirst.put(value.getKey(), value.getValue()));
      sorted.put(facet, Collections.unmodifiableMap(frequentFirst));
    });
    return Collections.unmodifiableMap(sorted);
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }

  @Override
  public LeafCollector getLeafCollector(LeafReaderContext segment) throws IOException {
    List<Ordinals> facets = new ArrayList<>();
    for (String facet : Search.FACETS) {
      facets.add(new Ordinals(segment, facet));
    }
    return new Segment(facets);
  }

  /** Within a segment values are numbers, which are turned into words once at its end. */
  private final class Ordinals {
    private final String facet;
    private final SortedSetDocValues values;
    private final int[] counted;

    Ordinals(LeafReaderContext segment, String facet) throws IOException {
      this.facet = facet;
      this.values = DocValues.getSortedSet(segment.reader(), facet);
      this.counted = new int[Math.toIntExact(values.getValueCount())];
    }

    void count(int document) throws IOException {
      if (counted.length > 0 && values.advanceExact(document)) {
        for (int i = values.docValueCount(); i > 0; i--) {
          counted[(int) values.nextOrd()]++;
        }
      }
    }

    void finish() throws IOException {
      for (int i = 0; i < counted.length; i++) {
        if (counted[i] > 0) {
          add(facet, values.lookupOrd(i).utf8ToString(), counted[i]);
        }
      }
    }
  }

  private final class Segment implements LeafCollector {
    private final List<Ordinals> facets;

    Segment(List<Ordinals> facets) {
      this.facets = facets;
    }

    @Override
    public void setScorer(Scorable scorer) {}

    @Override
    public void collect(int document) throws IOException {
      total++;
      for (Ordinals facet : facets) {
        facet.count(document);
      }
    }

    @Override
    public void finish() throws IOException {
      for (Ordinals facet : facets) {
        facet.finish();
      }
    }
  }
}
