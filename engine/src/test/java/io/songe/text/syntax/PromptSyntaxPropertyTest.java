package io.songe.text.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.text.Prompt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every text, looked for in many random ones. */
class PromptSyntaxPropertyTest {
  private static final int TEXTS = 40_000;
  private static final SamplingPass PASS = SamplingPass.of(7);

  private static final String[] PARTS = {
    "(",
    ")",
    "[",
    "]",
    ":",
    "|",
    "\\",
    "<",
    ">",
    " ",
    "\n",
    "\u00a0",
    "a",
    "cat",
    "AND",
    " AND ",
    "BREAK",
    " BREAK ",
    "BREA",
    "K",
    "1",
    "0.5",
    ".",
    "-",
    "+",
    "3",
    "99999999999",
    "<lora:",
    "te=",
    ":1.2)",
    ":0.5]",
    "[a|b]",
    "[a:b:2]",
    "(x:1.3)",
    "\\(",
    "\\]",
    ",",
    "é",
    "\ud83d\udc08",
    "\t",
  };

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(24); i >= 0; i--) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString();
  }

  @Test
  void any_text_is_read_written_and_read_back_the_same() {
    for (int seed = 0; seed < TEXTS; seed++) {
      String text = Prompt.of(text(new Random(seed))).positive();

      Composition read = Composition.parse(text);

      assertThat(Composition.parse(read.toString())).as("seed %d: %s", seed, text).isEqualTo(read);
      for (Composition.Branch branch : read.branches()) {
        assertThat(branch.weight()).isFinite();
        for (int step = 1; step <= PASS.steps(); step++) {
          assertPhrase(branch.text().at(step, PASS), seed);
        }
      }
    }
  }

  private static void assertPhrase(String phrase, int seed) {
    WeightedText read = WeightedText.parse(phrase);

    assertThat(WeightedText.parse(read.toString())).as("seed %d: %s", seed, phrase).isEqualTo(read);
    for (Fragment fragment : read.fragments()) {
      if (fragment instanceof Fragment.Words words) {
        assertThat(words.weight()).isFinite();
        assertThat(words.text()).isNotEmpty();
      }
    }
  }

  @Test
  void a_phrase_is_at_each_step_what_its_stretch_says() {
    for (int seed = 0; seed < TEXTS / 4; seed++) {
      EditedText read = EditedText.parse(text(new Random(seed)));

      int step = 1;
      for (EditedText.Stretch stretch : read.over(PASS)) {
        for (; step <= stretch.lastStep(); step++) {
          assertThat(read.at(step, PASS)).as("seed %d", seed).isEqualTo(stretch.text());
        }
      }
      assertThat(step).isEqualTo(PASS.steps() + 1);
    }
  }

  @Test
  void the_longest_prompts_are_read_in_no_time() {
    for (String part : PARTS) {
      String text = part.repeat(Prompt.MAX_CHARACTERS / part.length());

      Composition read = Composition.parse(text);

      assertThat(WeightedText.parse(read.branches().getFirst().text().at(1, PASS)).fragments())
          .as(part)
          .hasSizeLessThanOrEqualTo(Prompt.MAX_CHARACTERS);
    }
  }
}
