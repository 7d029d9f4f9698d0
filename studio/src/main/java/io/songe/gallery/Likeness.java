package io.songe.gallery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/**
 * Finds the pictures most like one by looking at all: how alike they look, and how many words their
 * phrases share, both as shares of what the picture itself would have. Looking at all is exact, and
 * for some hundred thousand pictures quicker than a graph of neighbours is worth.
 */
final class Likeness implements Collector {
  private static final double SHARE_OF_LOOK = 0.5;

  private final Look look;
  private final int self;
  private final List<Candidate> candidates = new ArrayList<>();
  private float ownScore;

  private record Candidate(int document, float score, float look) {}

  private Likeness(Look look, int self) {
    this.look = look;
    this.self = self;
  }

  /**
   * What finds the documents most like one, without itself.
   *
   * @param look of the picture
   * @param self its document
   * @param most how many are wanted
   */
  static CollectorManager<Likeness, List<Integer>> manager(Look look, int self, int most) {
    return new CollectorManager<>() {
      @Override
      public Likeness newCollector() {
        return new Likeness(look, self);
      }

      @Override
      public List<Integer> reduce(Collection<Likeness> parts) {
        Likeness whole = new Likeness(look, self);
        for (Likeness part : parts) {
          whole.candidates.addAll(part.candidates);
          whole.ownScore = Math.max(whole.ownScore, part.ownScore);
        }
        return whole.best(most);
      }
    };
  }

  private List<Integer> best(int most) {
    return candidates.stream()
        .sorted(Comparator.comparingDouble(this::likeness).reversed())
        .limit(most)
        .map(Candidate::document)
        .toList();
  }

  private double likeness(Candidate candidate) {
    double words = ownScore > 0 ? candidate.score / ownScore : 0;
    return SHARE_OF_LOOK * candidate.look + (1 - SHARE_OF_LOOK) * words;
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
        float score = scorer.score();
        if (segment.docBase + document == self) {
          ownScore = score;
        } else if (looks.advanceExact(document)) {
          float alike = (float) look.likeness(looks.binaryValue());
          candidates.add(new Candidate(segment.docBase + document, score, alike));
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
