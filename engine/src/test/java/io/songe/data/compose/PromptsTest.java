package io.songe.data.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.data.Drawing;
import io.songe.data.Holdout;
import io.songe.data.Holdout.Part;
import io.songe.data.compose.Composition.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptsTest {
  private static final List<Drawing> DRAWINGS = new FakeDrawings().drawings();

  private static List<CompositionPrompt> prompts(Kind kind, int count) {
    return new Prompts(DRAWINGS, Part.TRAINING, _ -> true, 1).of(kind, count);
  }

  @ParameterizedTest
  @EnumSource
  void prompts_are_as_many_as_asked_for_and_always_the_same(Kind kind) {
    List<CompositionPrompt> prompts = prompts(kind, 10);

    assertThat(prompts).hasSize(10).doesNotHaveDuplicates().isEqualTo(prompts(kind, 10));
  }

  @ParameterizedTest
  @EnumSource
  void the_truth_is_in_the_fields(Kind kind) {
    Holdout holdout = Holdout.of(DRAWINGS);

    assertThat(prompts(kind, 10))
        .allSatisfy(prompt -> {
          assertThat(prompt.kind()).isEqualTo(kind);
          assertThat(prompt.english()).endsWith(", " + prompt.style() + " style");
          assertThat(prompt.french()).endsWith(", style " + prompt.style());
          assertThat(prompt.english()).contains(prompt.tint());
          assertThat(prompt.concepts()).hasSameSizeAs(prompt.drawings());
          for (int i = 0; i < prompt.drawings().size(); i++) {
            Drawing drawing = DRAWINGS.get(prompt.drawings().get(i));
            assertThat(holdout.part(prompt.drawings().get(i))).isEqualTo(Part.TRAINING);
            assertThat(drawing.style()).isEqualTo(prompt.style());
            assertThat(drawing.concept()).isEqualTo(prompt.concepts().get(i));
          }
        });
  }

  @Test
  void related_things_are_in_the_order_of_the_relation() {
    assertThat(prompts(Kind.RELATED, 10))
        .allSatisfy(prompt -> {
          String first = prompt.concepts().getFirst();
          String relation = prompt.relation().orElseThrow().english();
          String second = prompt.concepts().getLast();
          assertThat(prompt.english()).startsWith(first + " " + relation + " " + second);
        });
  }

  @Test
  void plain_prompts_end_where_the_drawings_do() {
    assertThat(prompts(Kind.PLAIN, 1000))
        .hasSize(Holdout.of(DRAWINGS).drawings(Part.TRAINING).size());
  }
}
