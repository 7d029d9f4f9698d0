package io.songe.text.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first vectors are those that the AUTOMATIC1111 web UI publishes for its own reader. */
class WeightedTextTest {
  private static final double EXACT = 1e-12;

  private static void assertReads(String text, Object... textsAndWeights) {
    List<Fragment> fragments = WeightedText.parse(text).fragments();

    assertThat(fragments).hasSize(textsAndWeights.length / 2);
    for (int i = 0; i < fragments.size(); i++) {
      Object expected = textsAndWeights[2 * i];
      double weight = ((Number) textsAndWeights[2 * i + 1]).doubleValue();
      assertThat(fragments.get(i))
          .isInstanceOfSatisfying(
              Fragment.Words.class,
              words -> {
                assertThat(words.text()).isEqualTo(expected);
                assertThat(words.weight()).isCloseTo(weight, within(EXACT));
              });
    }
  }

  @Test
  void words_alone_weigh_one() {
    assertReads("normal text", "normal text", 1);
  }

  @Test
  void round_brackets_weigh_more() {
    assertReads("an (important) word", "an ", 1, "important", 1.1, " word", 1);
  }

  @Test
  void an_open_bracket_ends_with_the_text() {
    assertReads("(unbalanced", "unbalanced", 1.1);
  }

  @Test
  void an_escaped_bracket_is_text() {
    assertReads("\\(literal\\]", "(literal]", 1);
  }

  @Test
  void neighbours_of_one_weight_are_one() {
    assertReads("(unnecessary)(parens)", "unnecessaryparens", 1.1);
  }

  @Test
  void brackets_in_brackets_multiply() {
    assertReads(
        "a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).",
        "a ",
        1,
        "house",
        1.573,
        " ",
        1.1,
        "on",
        1,
        " a ",
        1.1,
        "hill",
        0.55,
        ", sun, ",
        1.1,
        "sky",
        1.4641,
        ".",
        1.1);
  }

  @Test
  void square_brackets_weigh_less() {
    assertReads("[b] c [[d]]", "b", 1 / 1.1, " c ", 1, "d", 1 / 1.21);
  }

  @ParameterizedTest
  @CsvSource({
    "(a:2), a, 2",
    "(a:.5), a, 0.5",
    "(a:3.), a, 3",
    "(a:+1.5), a, 1.5",
    "(a:-1), a, -1",
    "(a : 1.2 ), 'a ', 1.2",
    "(a:b:1.2), a:b, 1.2",
    "(a:), a:, 1.1",
    "(a:..), a:.., 1.1",
    "(a:1e3), a:1e3, 1.1",
    "a:1.2, a:1.2, 1",
    "a:1.2), a:1.2), 1",
    "a), a), 1",
    "a], a], 1",
    "(a], a], 1.1",
    "a\\b, ab, 1",
    "a\\, a, 1",
    "a\\\\b, a\\b, 1",
  })
  void a_weight_is_a_number_before_the_end_of_a_round_bracket(
      String text, String words, double weight) {
    assertReads(text, words, weight);
  }

  @Test
  void brackets_of_two_shapes_may_cross() {
    assertReads("(a [b) c]", "a ", 1.1, "b", 1, " c", 1 / 1.1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a BREAK b", "a\n BREAK\tb", "aBREAK BREAK b", "a BREAK BREAKb", "(a BREAK) b"})
  void a_break_is_the_word_in_capitals_and_alone(String text) {
    long breaks =
        WeightedText.parse(text).fragments().stream()
            .filter(Fragment.Break.class::isInstance)
            .count();

    assertThat(breaks).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a break b", "aBREAKb", "BREAKFAST", "BREA\\K"})
  void a_part_of_a_word_is_no_break(String text) {
    assertThat(WeightedText.parse(text).fragments())
        .allSatisfy(each -> assertThat(each).isInstanceOf(Fragment.Words.class));
  }

  @Test
  void a_break_inside_brackets_leaves_their_weight_as_it_is() {
    assertThat(WeightedText.parse("(a BREAK b:1.5)").fragments())
        .containsExactly(
            new Fragment.Words("a", 1.5), new Fragment.Break(), new Fragment.Words("b", 1.5));
  }

  @Test
  void nothing_is_no_words() {
    assertThat(WeightedText.parse("").fragments()).isEmpty();
    assertThat(WeightedText.parse("()[]").fragments()).isEmpty();
  }

  @Test
  void weights_stay_finite_however_many_brackets_there_are() {
    assertReads("(".repeat(9_999) + "a", "a", Numeral.LARGEST);
    assertReads("(".repeat(4_000) + "a:0" + ")".repeat(4_000), "a", 0);
    assertReads("((a:" + "9".repeat(400) + "):0)", "a", 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a (b:1.25) c",
        "((a)) [b] \\(c\\) \\\\",
        "a BREAK b BREAK BREAK (c BREAK d:0.5)",
        "BREA\\K",
        "(a )BREAK b",
        "((a:0.000001):0.01)",
        "(a:-0)",
      })
  void written_it_reads_back(String text) {
    WeightedText read = WeightedText.parse(text);

    assertThat(WeightedText.parse(read.toString())).isEqualTo(read);
  }
}
