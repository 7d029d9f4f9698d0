package io.songe.checkpoint.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever names and shapes a file has: it is understood, or refused in a sentence. */
class OriginalModelFuzzTest {
  private static final int ROUNDS = 150;
  private static final long[] EXTENTS = {0, 1, 2, 3, 5, 8, 9, 31, 63, 65, 320, 1L << 31, 1L << 40};

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sd2", "sdxl", "refiner"})
  void a_strange_file_is_refused_by_its_name(String kind) {
    Map<String, Shape> published = OriginalModelTest.published(kind);
    int refused = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      Map<String, Shape> shapes = changed(published, new Random(seed));
      try {
        assertThat(OriginalModel.of(new OriginalTensors(new FileLabel("a file"), shapes)))
            .isNotNull();
      } catch (BrokenFileException said) {
        refused++;
        assertThat(said).as("seed " + seed).hasMessageStartingWith("a file: ");
      } catch (RuntimeException other) {
        fail("seed " + seed, other);
      }
    }
    assertThat(refused).isGreaterThan(ROUNDS / 2);
  }

  private static Map<String, Shape> changed(Map<String, Shape> published, Random random) {
    Map<String, Shape> shapes = new TreeMap<>(published);
    List<String> names = new ArrayList<>(published.keySet());
    for (int i = random.nextInt(4); i >= 0; i--) {
      String name = names.get(random.nextInt(names.size()));
      Shape shape = Objects.requireNonNull(published.get(name));
      switch (random.nextInt(4)) {
        case 0 -> shapes.remove(name);
        case 1 -> shapes.put(name + random.nextInt(10), shape);
        case 2 -> shapes.put(name, Shape.of());
        default -> shapes.put(name, other(shape, random));
      }
    }
    return shapes;
  }

  private static Shape other(Shape shape, Random random) {
    long[] extents = shape.toArray();
    if (extents.length > 0) {
      extents[random.nextInt(extents.length)] = EXTENTS[random.nextInt(EXTENTS.length)];
    }
    return Shape.of(extents);
  }
}
