package io.songe.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.evaluate.judge.Features;
import io.songe.format.JsonConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Against SciPy's root of a matrix; the numbers are from {@code tools/golden/frechet.py}. */
class FrechetDistanceTest {
  /** Both compute in double; SciPy's root loses some digits where a matrix is nearly singular. */
  private static final double CLOSE = 1e-5;

  private final JsonConfig golden = golden();

  @Test
  void two_sets_are_as_far_apart_as_the_reference_says() {
    assertThat(FrechetDistance.of(features("one"), features("two")))
        .isCloseTo(golden.number("one_two"), within(CLOSE * golden.number("one_two")));
  }

  @Test
  void fewer_samples_than_features_are_no_trouble() {
    assertThat(FrechetDistance.of(features("flat"), features("two")))
        .isCloseTo(golden.number("flat_two"), within(1e-3 * golden.number("flat_two")));
  }

  @Test
  void a_set_is_not_apart_from_itself() {
    assertThat(FrechetDistance.of(features("one"), features("one"))).isCloseTo(0, within(1e-9));
  }

  @Test
  void a_shift_adds_its_square() {
    List<Features> shifted = new ArrayList<>();
    for (Features sample : features("two")) {
      float[] copy = new float[sample.size()];
      for (int i = 0; i < copy.length; i++) {
        copy[i] = sample.at(i) + (i == 0 ? 3 : 0);
      }
      shifted.add(Features.of(copy));
    }

    assertThat(FrechetDistance.of(features("two"), shifted)).isCloseTo(9, within(1e-5));
  }

  private List<Features> features(String name) {
    List<Double> numbers = golden.numbers(name);
    int width = golden.integer("width");
    List<Features> features = new ArrayList<>();
    for (int from = 0; from < numbers.size(); from += width) {
      float[] sample = new float[width];
      for (int i = 0; i < width; i++) {
        sample[i] = numbers.get(from + i).floatValue();
      }
      features.add(Features.of(sample));
    }
    return features;
  }

  private static JsonConfig golden() {
    try (InputStream in =
        Objects.requireNonNull(
            FrechetDistanceTest.class.getResourceAsStream("/golden/evaluate/frechet.json"))) {
      return JsonConfig.parse(
          "frechet.json", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
