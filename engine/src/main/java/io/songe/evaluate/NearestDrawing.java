package io.songe.evaluate;

import io.songe.evaluate.judge.Features;
import io.songe.evaluate.judge.JudgedDrawings;
import io.songe.evaluate.judge.Opinion;
import java.util.List;

/**
 * The training drawing that is nearest to a picture.
 *
 * @param drawing its position, by the judge's features
 * @param distance 1 less the cosine of the features
 * @param pixels the least distance of pixels at 16x16 to any training drawing
 */
record NearestDrawing(int drawing, double distance, double pixels) {
  /**
   * Looks for it.
   *
   * @param opinion of the picture
   * @param itsPixels at 16x16
   * @param judged the corpus
   * @param among positions of drawings; at least one
   */
  static NearestDrawing of(
      Opinion opinion, Features itsPixels, JudgedDrawings judged, List<Integer> among) {
    int nearest = among.getFirst();
    double cosine = -1;
    double pixels = Double.MAX_VALUE;
    for (int i : among) {
      double other = opinion.cosine(judged.opinions().get(i).features());
      if (other > cosine) {
        cosine = other;
        nearest = i;
      }
      pixels = Math.min(pixels, itsPixels.distance(judged.pixels().get(i)));
    }
    return new NearestDrawing(nearest, 1 - cosine, pixels);
  }
}
