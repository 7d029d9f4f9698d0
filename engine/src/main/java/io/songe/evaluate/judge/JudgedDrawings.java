package io.songe.evaluate.judge;

import io.songe.data.Drawing;
import io.songe.image.Image;
import io.songe.image.Resampling;
import java.util.ArrayList;
import java.util.List;

/**
 * All drawings of a corpus, judged once: what the judge says of each, and its pixels at 16x16,
 * which a judge must do better than.
 *
 * @param drawings what they show
 * @param division which of them the judge learned from
 * @param opinions by the drawings' positions
 * @param pixels by the drawings' positions, as from {@link #pixels(Image)}
 */
public record JudgedDrawings(
    List<Drawing> drawings, JudgeDivision division, List<Opinion> opinions, List<Features> pixels) {
  private static final int SIDE = 16;
  private static final int PLANES = 3;

  /** Drawings with the lists copied. */
  public JudgedDrawings {
    drawings = List.copyOf(drawings);
    opinions = List.copyOf(opinions);
    pixels = List.copyOf(pixels);
  }

  /**
   * Judges a corpus.
   *
   * @param material the corpus
   * @param judge by whom
   * @return all that the judge says of it
   */
  public static JudgedDrawings of(Material material, Judge judge) {
    List<Features> pixels = new ArrayList<>();
    List<Opinion> opinions =
        judge.look(
            material.drawings().size(),
            i -> {
              Image picture = material.pictures().apply(i);
              pixels.add(pixels(picture));
              return picture;
            });
    return new JudgedDrawings(
        material.drawings(), judge.card().division(material.drawings()), opinions, pixels);
  }

  /**
   * {@return a picture's colours on white at 16x16, [3, 16, 16], in [-1, 1]}
   *
   * @param picture of any size
   */
  public static Features pixels(Image picture) {
    return Features.of(picture.resize(SIDE, SIDE, Resampling.BILINEAR).toPlanes(PLANES));
  }
}
