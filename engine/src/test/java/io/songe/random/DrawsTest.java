package io.songe.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DrawsTest {
  private static final int MANY = 20_000;

  static List<String> goldens() throws IOException {
    try (InputStream in = DrawsTest.class.getResourceAsStream("/golden/random/draws.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  /** Against the same written in Python: tools/golden/draws.py. */
  @ParameterizedTest
  @MethodSource("goldens")
  void a_number_is_that_of_the_same_arithmetic_in_python(String line) {
    String[] words = line.split(" ", -1);
    Draws draws = new Draws(Long.parseLong(words[1]));
    long purpose = Long.parseLong(words[2]);
    long position = Long.parseLong(words[3]);

    String drawn =
        switch (words[0]) {
          case "bits" -> HexFormat.of().toHexDigits(draws.bits(purpose, position));
          case "uniform" -> python(draws.uniform(purpose, position));
          case "below" -> Integer.toString(draws.below(1000, purpose, position));
          case "in" -> HexFormat.of().toHexDigits(draws.in(3).in(-4).bits(purpose, position));
          case "order" ->
              Arrays.stream(draws.order(12, purpose))
                  .mapToObj(Integer::toString)
                  .collect(Collectors.joining(","));
          default -> throw new AssertionError(line);
        };

    assertThat(drawn).isEqualTo(words[4]);
  }

  /** In hexadecimal digits as Python writes them: all 13 of them, and the exponent's sign. */
  private static String python(double number) {
    String[] parts = Double.toHexString(number).split("[.p]", -1);
    String digits =
        parts[1].length() < 13 ? parts[1] + "0".repeat(13 - parts[1].length()) : parts[1];
    return "%s.%sp%s%s".formatted(parts[0], digits, parts[2].startsWith("-") ? "" : "+", parts[2]);
  }

  @Test
  void numbers_are_spread_evenly_over_their_range() {
    Draws draws = new Draws(5);

    int[] counts = new int[10];
    IntStream.range(0, MANY).forEach(i -> counts[draws.below(10, 1, i)]++);

    assertThat(Arrays.stream(counts)).allSatisfy(count -> assertThat(count).isBetween(1850, 2150));
  }

  @Test
  void purposes_seeds_and_parts_are_independent() {
    Draws draws = new Draws(5);

    assertThat(correlation(draws, 1, draws, 2)).isBetween(-.03, .03);
    assertThat(correlation(draws, 1, new Draws(6), 1)).isBetween(-.03, .03);
    assertThat(correlation(draws, 1, draws.in(0), 1)).isBetween(-.03, .03);
    assertThat(correlation(draws.in(1), 1, draws.in(2), 1)).isBetween(-.03, .03);
  }

  private static double correlation(Draws a, long purposeOfA, Draws b, long purposeOfB) {
    return 12
        * IntStream.range(0, MANY)
            .mapToDouble(i -> (a.uniform(purposeOfA, i) - .5) * (b.uniform(purposeOfB, i) - .5))
            .average()
            .orElseThrow();
  }

  @Test
  void an_order_has_each_number_once() {
    assertThat(Arrays.stream(new Draws(3).order(1000, 8)).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
  }
}
