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
  private static final LevelDensity EVEN = new LevelDensity.Even();

  @TempDir Path temporary;

  @Test
  void every_sample_is_looked_at_once_before_any_is_again() {
    SampleDraws draws = new SampleDraws(7, 10, 4, 1, EVEN);

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
    SampleDraws used = new SampleDraws(7, 10, 4, 1, EVEN);
    Part part = new Part(9, 0, 4);
    used.samples(new Part(3, 0, 4));
    used.samples(new Part(400, 0, 4));

    assertThat(used.samples(part)).isEqualTo(new SampleDraws(7, 10, 4, 1, EVEN).samples(part));
  }

  @Test
  void parts_of_a_step_are_pieces_of_the_whole() {
    SampleDraws draws = new SampleDraws(7, 10, 4, 1, EVEN);
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
    SampleDraws draws = new SampleDraws(7, 1000, 8, 1, EVEN);
    Part part = new Part(0, 0, 8);

    assertThat(draws.levels(part))
        .isNotEqualTo(new SampleDraws(8, 1000, 8, 1, EVEN).levels(part))
        .isNotEqualTo(draws.levels(new Part(1, 0, 8)));
    try (Scope _ = Scope.open()) {
      Shape shape = Shape.of(4, 2, 2);
      assertThat(draws.noise(part, shape).toFloats())
          .isNotEqualTo(draws.noise(new Part(1, 0, 8), shape).toFloats());
    }
  }

  @Test
  void levels_captions_and_dropout_are_spread_evenly() {
    SampleDraws draws = new SampleDraws(1, 100, 10_000, 1, EVEN);
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

  @Test
  void looks_of_a_visit_share_the_caption_and_are_spread_over_the_levels() {
    SampleDraws draws = new SampleDraws(7, 10, 8, 4, EVEN);
    Part part = new Part(2, 0, 8);

    int[] chosen = draws.samples(part);
    int[] levels = draws.levels(part);

    assertThat(Arrays.copyOf(chosen, 4)).containsOnly(chosen[0]);
    assertThat(Arrays.copyOfRange(chosen, 4, 8)).containsOnly(chosen[4]);
    assertThat(chosen[4]).isNotEqualTo(chosen[0]);
    assertThat(IntStream.range(0, 8).map(k -> levels[k] / 250).toArray())
        .containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
  }

  @Test
  void levels_are_drawn_as_often_as_their_density_says() {
    LevelDensity density = new LevelDensity.LogitNormal(.6, 1);
    SampleDraws draws = new SampleDraws(1, 100, 20_000, 1, density);

    int[] levels = draws.levels(new Part(0, 0, 20_000));

    // half of all logits are below the mean; 68.3 % are within a deviation of it
    assertThat(IntStream.of(levels).filter(each -> each < 1000 / (1 + Math.exp(-.6))).count())
        .isBetween(9_700L, 10_300L);
    double low = 1000 / (1 + Math.exp(.4));
    double high = 1000 / (1 + Math.exp(-1.6));
    assertThat(IntStream.of(levels).filter(each -> each > low && each < high).count())
        .isBetween(13_400L, 13_900L);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 123456})
  void another_program_draws_the_same(long step) throws IOException {
    SampleDraws draws = new SampleDraws(-42, 10, 6, 1, EVEN);
    SampleDraws looks = new SampleDraws(-42, 10, 6, 3, new LevelDensity.LogitNormal(.6, 1));
    Part part = new Part(step, 0, 6);

    try (SafetensorsFile golden = golden();
        Scope _ = Scope.open()) {
      assertThat(draws.noise(part, Shape.of(2, 3, 3)).toFloats())
          .isEqualTo(golden.get(step + "/noise").toTensor().toFloats());
      requireSame(draws, part, golden, step + "/");
      requireSame(looks, part, golden, step + "/looks/");
    }
  }

  private static void requireSame(
      SampleDraws draws, Part part, SafetensorsFile golden, String before) {
    assertThat(draws.samples(part)).isEqualTo(whole(golden, before + "samples"));
    assertThat(draws.levels(part)).isEqualTo(whole(golden, before + "levels"));
    assertThat(draws.captions(part, 5)).isEqualTo(whole(golden, before + "captions"));
    boolean[] leftOut = draws.leftOut(part, .3);
    assertThat(IntStream.range(0, 6).map(i -> leftOut[i] ? 1 : 0).toArray())
        .isEqualTo(whole(golden, before + "left_out"));
  }

  private SafetensorsFile golden() throws IOException {
    Path file = temporary.resolve("golden.safetensors");
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(
                getClass().getResourceAsStream("/golden/train/sample_draws.safetensors.gz")))) {
      Files.copy(in, file);
    }
    return SafetensorsFile.open(file);
  }

  private static int[] whole(SafetensorsFile golden, String name) {
    return LongStream.of(golden.get(name).toTensor().toLongs())
        .mapToInt(Math::toIntExact)
        .toArray();
  }
}
