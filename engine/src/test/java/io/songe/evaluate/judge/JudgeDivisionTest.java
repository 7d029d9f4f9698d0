package io.songe.evaluate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Holdout;
import io.songe.data.Language;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeDivisionTest {
  private final List<Drawing> drawings = drawings(8, 60);

  /** Style s0 has the fewest drawings, each next one more. */
  private static List<Drawing> drawings(int styles, int concepts) {
    List<Drawing> drawings = new ArrayList<>();
    for (int style = 0; style < styles; style++) {
      for (int concept = 0; concept < concepts - styles + style; concept++) {
        drawings.add(
            new Drawing(
                "s" + style + "/c" + concept,
                "c" + concept,
                "s" + style,
                "",
                Map.of(Language.ENGLISH, new Caption("thing " + concept, List.of())),
                "",
                ""));
      }
    }
    return drawings;
  }

  @Test
  void the_smallest_style_and_every_third_are_hidden_up_to_a_quarter() {
    assertThat(JudgeDivision.of(drawings).hiddenStyles()).containsExactly("s0", "s3");
    assertThat(JudgeDivision.of(drawings).styles())
        .containsExactly("s1", "s2", "s4", "s5", "s6", "s7");
  }

  @Test
  void of_fewer_than_four_styles_none_is_hidden() {
    assertThat(JudgeDivision.of(drawings(3, 60)).hiddenStyles()).isEmpty();
  }

  @Test
  void nothing_that_was_kept_aside_is_learned() {
    JudgeDivision division = JudgeDivision.of(drawings);
    Holdout holdout = Holdout.of(drawings);

    assertThat(division.learned())
        .isNotEmpty()
        .allMatch(i -> holdout.part(i) == Holdout.Part.TRAINING)
        .allMatch(i -> !division.hiddenStyles().contains(drawings.get(i).style()));
  }

  @Test
  void what_is_unseen_is_in_one_part_each() {
    JudgeDivision division = JudgeDivision.of(drawings);
    Set<Integer> all = new HashSet<>(division.learned());

    List<List<Integer>> unseen =
        List.of(division.unseenPairs(), division.unseenStyles(), division.unseenConcepts());

    for (List<Integer> part : unseen) {
      assertThat(part).isNotEmpty().doesNotContainAnyElementsOf(all);
      all.addAll(part);
    }
  }
}
