package io.songe.train.textimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.format.SafetensorsFile;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.train.textimage.SampleDraws.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** See tools/golden/sample_draws.py for what another program draws. */
class SampleDrawsTest {
  @TempDir Path temporary;

  @Test
  void every_sample_is_looked_at_once_before_any_is_again() {
    SampleDraws draws = new SampleDraws(7, 10, 4);

    int[] first20 =
        IntStream.range(0, 5)
            .flatMap(step -> IntStream.of(draws.samples(new Part(step, 0, 4))))
            .toArray();

    assertThat(Arrays.copyOfRange(first20, 0, 10))
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(Arrays.copyOfRange(first20, 10, 20))
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(Arrays.copyOfRange(first20, 10, 20))
        .isNotEqualTo(Arrays.copyOfRange(first20, 0, 10));
  }

  @Test
  void a_step_is_the_same_whatever_was_asked_for_before() {
    SampleDraws used = new SampleDraws(7, 10, 4);
    Part part = new Part(9, 0, 4);
    used.samples(new Part(3, 0, 4));
    used.samples(new Part(400, 0, 4));

    assertThat(used.samples(part)).isEqualTo(new SampleDraws(7, 10, 4).samples(part));
  }

  @Test
  void parts_of_a_step_are_pieces_of_the_whole() {
    SampleDraws draws = new SampleDraws(7, 10, 4);
    Part whole = Part.of(3, 0, 1, 4);
    Part second = Part.of(3, 1, 2, 4);

    assertThat(draws.samples(second)).isEqualTo(Arrays.copyOfRange(draws.samples(whole), 2, 4));
    assertThat(draws.levels(second)).isEqualTo(Arrays.copyOfRange(draws.levels(whole), 2, 4));
    try (Scope _ = Scope.open()) {
      Shape shape = Shape.of(4, 2, 2);
      assertThat(draws.noise(second, shape).toFloats())
          .isEqualTo(draws.noise(whole, shape).slice(0, 2, 4).toFloats());
    }
  }

  @Test
  void another_seed_or_step_gives_other_draws() {
    SampleDraws draws = new SampleDraws(7, 1000, 8);
    Part part = new Part(0, 0, 8);

    assertThat(draws.levels(part))
        .isNotEqualTo(new SampleDraws(8, 1000, 8).levels(part))
        .isNotEqualTo(draws.levels(new Part(1, 0, 8)));
    try (Scope _ = Scope.open()) {
      Shape shape = Shape.of(4, 2, 2);
      assertThat(draws.noise(part, shape).toFloats())
          .isNotEqualTo(draws.noise(new Part(1, 0, 8), shape).toFloats());
    }
  }

  @Test
  void levels_captions_and_dropout_are_spread_evenly() {
    SampleDraws draws = new SampleDraws(1, 100, 10_000);
    Part part = new Part(0, 0, 10_000);

    // a standard error is 2.9 levels, 0.008 captions and 0.3 % of the samples
    assertThat(IntStream.of(draws.levels(part)).average().orElseThrow())
        .isCloseTo(499.5, within(12.0));
    assertThat(IntStream.of(draws.captions(part, 3)).average().orElseThrow())
        .isCloseTo(1, within(.04));
    boolean[] leftOut = draws.leftOut(part, .1);
    long count = IntStream.range(0, leftOut.length).filter(i -> leftOut[i]).count();
    assertThat(count).isBetween(880L, 1120L);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 123456})
  void another_program_draws_the_same(long step) throws IOException {
    Path file = temporary.resolve("golden.safetensors");
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(
                getClass().getResourceAsStream("/golden/train/sample_draws.safetensors.gz")))) {
      Files.copy(in, file);
    }
    SampleDraws draws = new SampleDraws(-42, 10, 6);
    Part part = new Part(step, 0, 6);

    try (SafetensorsFile golden = SafetensorsFile.open(file);
        Scope _ = Scope.open()) {
      assertThat(draws.samples(part)).isEqualTo(whole(golden, step, "samples"));
      assertThat(draws.levels(part)).isEqualTo(whole(golden, step, "levels"));
      assertThat(draws.captions(part, 5)).isEqualTo(whole(golden, step, "captions"));
      boolean[] leftOut = draws.leftOut(part, .3);
      assertThat(IntStream.range(0, 6).map(i -> leftOut[i] ? 1 : 0).toArray())
          .isEqualTo(whole(golden, step, "left_out"));
      assertThat(draws.noise(part, Shape.of(2, 3, 3)).toFloats())
          .isEqualTo(golden.get(step + "/noise").toTensor().toFloats());
    }
  }

  private static int[] whole(SafetensorsFile golden, long step, String name) {
    return LongStream.of(golden.get(step + "/" + name).toTensor().toLongs())
        .mapToInt(Math::toIntExact)
        .toArray();
  }
}
