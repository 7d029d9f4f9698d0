package io.songe.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupsTest {
  private static Drawing drawing(String group) {
    Caption caption = new Caption("fox", List.of());
    return new Drawing("key", "concept", "style", group, Map.of(Language.ENGLISH, caption), "", "");
  }

  @Test
  void named_groups_leave_out_the_others() {
    Groups some = Groups.named("food-drink,animals-nature,food-drink");

    assertThat(some.include(drawing("animals-nature"))).isTrue();
    assertThat(some.include(drawing("flags"))).isFalse();
    assertThat(some).hasToString("animals-nature, food-drink");
    assertThat(Groups.all().include(drawing("flags"))).isTrue();
  }

  @Test
  void a_group_that_there_is_not_is_refused_with_those_that_there_are() {
    List<Drawing> drawings = List.of(drawing("flags"), drawing("animals-nature"));

    Groups.named("flags").requireIn(drawings);

    assertThatThrownBy(() -> Groups.named("flags,birds").requireIn(drawings))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "the corpus has no drawings of the group birds; its groups are animals-nature, flags");
  }
}
