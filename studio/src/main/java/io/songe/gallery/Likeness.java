package io.songe.gallery;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.BytesRef;

/**
 * Finds the pictures most like one by looking at all: how alike they look, and how many words their
 * phrases share, both as shares of what the picture itself would have. Looking at all is exact, and
 * for some hundred thousand pictures quicker than a graph of neighbours is worth.
 */
final class Likeness implements Collector {
  private static final double SHARE_OF_LOOK = 0.5;

  private final Model model;
  private final int most;

  /** The best so far, the least of them first. */
  private final PriorityQueue<Candidate> best =
      new PriorityQueue<>(Comparator.comparingDouble(Candidate::likeness));

  private record Candidate(int document, double likeness) {}

  /**
   * What the others are compared with.
   *
   * @param document of the picture itself
   * @param score of its own phrase; 0 if that has no words
   * @param look of the picture
   */
  record Model(int document, float score, Look look) {}

  private Likeness(Model model, int most) {
    this.model = model;
    this.most = most;
  }

  /**
   * What finds the documents most like one, without itself, the most alike first.
   *
   * @param model which one
   * @param most how many are wanted
   */
  static CollectorManager<Likeness, List<Integer>> manager(Model model, int most) {
    return new CollectorManager<>() {
      @Override
      public Likeness newCollector() {
        return new Likeness(model, most);
      }

      @Override
      public List<Integer> reduce(Collection<Likeness> parts) {
        return parts.stream()
            .flatMap(part -> part.best.stream())
            .sorted(Comparator.comparingDouble(Candidate::likeness).reversed())
            .limit(most)
            .map(Candidate::document)
            .toList();
      }
    };
  }

  private double likeness(float score, BytesRef look) {
    double words = model.score > 0 ? score / model.score : 0;
    return SHARE_OF_LOOK * model.look.likeness(look) + (1 - SHARE_OF_LOOK) * words;
  }

  private void add(int document, double likeness) {
    if (best.size() < most) {
      best.add(new Candidate(document, likeness));
    } else if (most > 0 && likeness > best.element().likeness) {
      best.remove();
      best.add(new Candidate(document, likeness));
    }
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE;
  }

  @Override
  public LeafCollector getLeafCollector(LeafReaderContext segment) throws IOException {
    BinaryDocValues looks = DocValues.getBinary(segment.reader(), PictureFields.LOOK);
    return new LeafCollector() {
      private Scorable scorer = NOTHING;

      @Override
      public void setScorer(Scorable now) {
        scorer = now;
      }

      @Override
      public void collect(int document) throws IOException {
        int global = segment.docBase + document;
        if (global != model.document && looks.advanceExact(document)) {
          add(global, likeness(scorer.score(), looks.binaryValue()));
        }
      }
    };
  }

  private static final Scorable NOTHING =
      new Scorable() {
        @Override
        public float score() {
          return 0;
        }
      };
}
