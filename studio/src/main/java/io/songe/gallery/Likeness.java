package io.songe.gallery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
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

  private final byte[] look;
  private final int self;
  private final List<Candidate> candidates = new ArrayList<>();
  private float ownScore;

  private record Candidate(int document, float score, float look) {}

  /**
   * A collector.
   *
   * @param look of the picture
   * @param self its document
   */
  Likeness(byte[] look, int self) {
    this.look = look;
    this.self = self;
  }

  /** {@return the documents most like it, without itself} */
  List<Integer> best(int most) {
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
          BytesRef bytes = looks.binaryValue();
          float alike = (float) Look.likeness(bytes.bytes, bytes.offset, look);
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
