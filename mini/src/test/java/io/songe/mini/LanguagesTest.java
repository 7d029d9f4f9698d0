package io.songe.mini;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Resampling;
import io.songe.pipeline.GeneratedImage;
import io.songe.pipeline.TextToImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A French and an English phrase for the same thing, colour and style agree: with the same seeds,
 * the French pictures are nearer to the English ones of the same meaning than to those of any other
 * meaning here.
 *
 * <p>The model is half-taught, and this does not hold for every phrase. Of twelve pairs that were
 * tried it held for nine, for one of them barely: blue is not told from green yet, in either
 * language. The pairs here are four that it has clearly learned.
 */
class LanguagesTest {
  private static final int PICTURES = 4;
  private static final int STEPS = 12;
  private static final int SIDE = 32;

  private static final List<String> ENGLISH =
      List.of(
          "orange cat, 3d style",
          "yellow star, noto style",
          "green frog, noto style",
          "purple grapes, blob style");
  private static final List<String> FRENCH =
      List.of(
          "chat orange, style 3d",
          "étoile jaune, style noto",
          "grenouille verte, style noto",
          "raisin violet, style blob");

  @Test
  void a_french_phrase_draws_what_the_english_one_of_its_meaning_draws() {
    try (TextToImage songe = SongeMini.open()) {
      List<List<float[]>> english = ENGLISH.stream().map(phrase -> draw(songe, phrase)).toList();

      List<String> nearest = new ArrayList<>();
      for (String phrase : FRENCH) {
        nearest.add(ENGLISH.get(nearest(draw(songe, phrase), english)));
      }

      assertThat(nearest).isEqualTo(ENGLISH);
    }
  }

  /** Colour and coverage of small copies, for each seed. */
  private static List<float[]> draw(TextToImage songe, String phrase) {
    List<GeneratedImage> images =
        songe.generate(songe.request(phrase, 1).withSteps(STEPS).withCount(PICTURES));
    return images.stream()
        .map(made -> made.image().resize(SIDE, SIDE, Resampling.BILINEAR).toPlanes(4))
        .toList();
  }

  private static int nearest(List<float[]> pictures, List<List<float[]>> others) {
    int best = 0;
    for (int i = 1; i < others.size(); i++) {
      if (distance(pictures, others.get(i)) < distance(pictures, others.get(best))) {
        best = i;
      }
    }
    return best;
  }

  private static double distance(List<float[]> one, List<float[]> other) {
    double squares = 0;
    for (int picture = 0; picture < one.size(); picture++) {
      float[] mine = one.get(picture);
      float[] theirs = other.get(picture);
      for (int i = 0; i < mine.length; i++) {
        double difference = mine[i] - theirs[i];
        squares += difference * difference;
      }
    }
    return squares;
  }
}
