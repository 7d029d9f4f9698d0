package io.songe.mini;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Image;
import io.songe.pipeline.GeneratedImage;
import io.songe.pipeline.TextToImage;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A French and an English phrase for the same colour and style agree: over several seeds, the mean
 * colour of what was drawn in one language is nearest to the same colour asked for in the other.
 */
class LanguagesTest {
  private static final int PICTURES = 4;
  private static final Map<String, String> ENGLISH =
      Map.of(
          "red", "a red heart, flat style",
          "blue", "a blue heart, flat style",
          "green", "a green heart, flat style",
          "yellow", "a yellow heart, flat style");
  private static final Map<String, String> FRENCH =
      Map.of(
          "red", "un cœur rouge, style flat",
          "blue", "un cœur bleu, style flat",
          "green", "un cœur vert, style flat",
          "yellow", "un cœur jaune, style flat");

  @Test
  void a_colour_asked_for_in_french_is_nearest_to_the_same_in_english() {
    try (TextToImage songe = SongeMini.open()) {
      Map<String, double[]> english = new HashMap<>();
      ENGLISH.forEach((colour, phrase) -> english.put(colour, meanColour(songe, phrase)));

      FRENCH.forEach((colour, phrase) -> {
        double[] french = meanColour(songe, phrase);
        String nearest =
            Collections.min(
                    english.entrySet(),
                    Comparator.comparingDouble(entry -> distance(french, entry.getValue())))
                .getKey();
        assertThat(nearest).as(phrase).isEqualTo(colour);
      });
    }
  }

  /** Red, green and blue, 0 to 255, of all pixels by their coverage. */
  private static double[] meanColour(TextToImage songe, String phrase) {
    List<GeneratedImage> images =
        songe.generate(songe.request(phrase, 1).withSteps(10).withCount(PICTURES));
    double[] sums = new double[4];
    for (GeneratedImage generated : images) {
      Image image = generated.image();
      byte[] rgba = image.rgba();
      for (int i = 0; i < rgba.length; i += 4) {
        int coverage = rgba[i + 3] & 0xff;
        for (int channel = 0; channel < 3; channel++) {
          sums[channel] += (rgba[i + channel] & 0xff) * coverage;
        }
        sums[3] += coverage;
      }
    }
    return new double[] {sums[0] / sums[3], sums[1] / sums[3], sums[2] / sums[3]};
  }

  private static double distance(double[] one, double[] other) {
    return Math.sqrt(
        Math.pow(one[0] - other[0], 2)
            + Math.pow(one[1] - other[1], 2)
            + Math.pow(one[2] - other[2], 2));
  }
}
