package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParametersTextPropertyTest {
  private static final int ROUNDS = 5_000;

  /** What the form is made of, so that random texts come near to its rules. */
  private static final List<String> PIECES =
      List.of(
          "Negative prompt:",
          "Steps: ",
          "Seed: 5, ",
          "Size: 512x512",
          "aa: ",
          "bb: \"",
          ": ",
          ", ",
          ",",
          ":",
          "\"",
          "\\",
          "\\\"",
          "[",
          "]",
          "{",
          "}",
          "\n",
          "\r\n",
          " ",
          "\t",
          "é",
          "🦊",
          "a",
          "Clip skip",
          "(x:1.2)",
          "\u00a0",
          "\u2028",
          "\\u00e9",
          "\0",
          "\ud83e",
          "-",
          "/",
          "_");

  @Test
  void what_is_written_is_read_back() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      List<Parameter> parameters = new ArrayList<>();
      for (int i = 0; i < 3 + random.nextInt(4); i++) {
        parameters.add(new Parameter("Key " + i, random(random)));
      }
      var text =
          new ParametersText(
              "a fox\n\nat: dawn, x", random.nextBoolean() ? "" : "b\nc", parameters);

      assertThat(ParametersText.parse(text.write())).as("seed %d", seed).isEqualTo(text);
    }
  }

  @Test
  void any_text_is_read_and_after_writing_reads_the_same() {
    int withParameters = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      String any = random(random) + (random.nextBoolean() ? "\nSteps: 1, Seed: 2, " : "\n");
      any += random(random);

      ParametersText once = ParametersText.parse(any);
      ParametersText twice = ParametersText.parse(once.write());

      assertThat(twice).as("seed %d", seed).isEqualTo(once);
      withParameters += once.parameters().isEmpty() ? 0 : 1;
    }

    // Otherwise the texts would not have come near the form.
    assertThat(withParameters).isGreaterThan(ROUNDS / 20);
  }

  private static String random(Random random) {
    var text = new StringBuilder();
    int pieces = random.nextInt(25);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
