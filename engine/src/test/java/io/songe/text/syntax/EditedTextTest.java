package io.songe.text.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.text.syntax.EditedText.Stretch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vectors of ten steps are those that the AUTOMATIC1111 web UI publishes for its own reader.
 */
class EditedTextTest {
  private static final SamplingPass TEN = SamplingPass.of(10);

  /** Stretches as {@code 3=a |10=a b}: their last steps and texts. */
  private static List<Stretch> stretches(String expected) {
    return Arrays.stream(expected.split("/", -1))
        .map(each -> each.split("=", 2))
        .map(each -> new Stretch(Integer.parseInt(each[0]), each[1]))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "test;10=test",
        "a [b:3];3=a /10=a b",
        "a [b: 3];3=a /10=a b",
        "a [b: 3 ];3=a /10=a b",
        "a [[[b]]:2];2=a /10=a [[b]]",
        "[(a:2):3];3=/10=(a:2)",
        "a [b : c : 1] d;1=a b  d/10=a  c  d",
        "a[b:[c:d:2]:1]e;1=abe/2=ace/10=ade",
        "a [unbalanced;10=a [unbalanced",
        "a [b:.5] c;5=a  c/10=a b c",
        "a [{b|d{:.5] c;5=a  c/10=a {b|d{ c",
        "((a][:b:c [d:3];3=((a][:b:c /10=((a][:b:c d",
      })
  void changes_at_a_step_or_after_a_share_of_them(String text, String expected) {
    assertThat(EditedText.parse(text).over(TEN)).isEqualTo(stretches(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[a::4];4=a/10=",
        "[a::0.3];3=a/10=",
        "[a:b:0];10=b",
        "[a:b:0.05];10=b",
        "[a:b:1.0];10=a",
        "[a:b:99];10=a",
        "[a:b:-2];10=b",
        "[a:b:c:3];10=[a:b:c:3]",
        "[a:b];10=[a:b]",
        "[a];10=[a]",
        "[a:b:three];10=[a:b:three]",
        "[a:(3)];10=[a:(3)]",
        "[a:b|2];10=[a:b|2]",
        "[(a:b:1.2):c:3];3=(a:b:1.2)/10=c",
        "[a (b] c:3];10=[a (b] c:3]",
        "[a) b:3];10=[a) b:3]",
        "(a [b) c:3];10=(a [b) c:3]",
        "( [a:b:3] c;3=( a c/10=( b c",
        "\\[a:b:3];10=\\[a:b:3]",
        "[a\\:b:3];3=/10=a\\:b",
        "[a\\]:b:3];3=a\\]/10=b",
        "a | b [c:d:3];3=a | b c/10=a | b d",
        "(fox:[1.0:1.4:0.5]);5=(fox:1.0)/10=(fox:1.4)",
      })
  void brackets_that_do_not_fit_are_text(String text, String expected) {
    assertThat(EditedText.parse(text).over(TEN)).isEqualTo(stretches(expected));
  }

  @Test
  void alternates_at_every_step() {
    assertThat(EditedText.parse("[a|(b:1.1)]").over(SamplingPass.of(5)))
        .isEqualTo(stretches("1=a/2=(b:1.1)/3=a/4=(b:1.1)/5=a"));
  }

  @Test
  void alternates_with_nothing() {
    assertThat(EditedText.parse("[fe|]male").over(SamplingPass.of(4)))
        .isEqualTo(stretches("1=female/2=male/3=female/4=male"));
    assertThat(EditedText.parse("[fe|||]male").over(SamplingPass.of(5)))
        .isEqualTo(stretches("1=female/2=male/3=male/4=male/5=female"));
  }

  @Test
  void changes_and_alternations_nest() {
    assertThat(EditedText.parse("[[a|b]:c:2]").over(SamplingPass.of(4)))
        .isEqualTo(stretches("1=a/2=b/3=c/4=c"));
  }

  @ParameterizedTest
  @CsvSource({
    "a [b:.5] c, 10=a b c",
    "a [b:1.5] c, 5=a  c/10=a b c",
    "a [b:3] c, 10=a b c",
    "a [b:13] c, 3=a  c/10=a b c",
  })
  void the_second_pass_goes_on_counting(String text, String expected) {
    assertThat(EditedText.parse(text).over(new SamplingPass(10, 10)))
        .isEqualTo(stretches(expected));
  }

  @Test
  void a_moment_may_be_a_number_of_any_size() {
    String text = "[a:b:" + "9".repeat(400) + "] [c:d:-" + "9".repeat(400) + ".0]";

    assertThat(EditedText.parse(text).over(TEN)).isEqualTo(stretches("10=a d"));
  }

  @Test
  void changes_too_deep_in_one_another_are_text() {
    String text = "[".repeat(3_000) + "x" + ":1]".repeat(3_000);

    EditedText read = EditedText.parse(text);

    assertThat(read.toString()).isEqualTo(EditedText.parse(read.toString()).toString());
    assertThat(read.at(1, TEN)).hasSizeGreaterThan(8_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a [b : c : 1 ] d", "[a|[b:c:.5]|]", "[:a:2]", "((a][:b:c [d:3.]"})
  void written_it_reads_back(String text) {
    EditedText read = EditedText.parse(text);

    assertThat(EditedText.parse(read.toString())).isEqualTo(read);
  }
}
