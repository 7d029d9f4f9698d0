package io.songe.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import org.junit.jupiter.api.Test;

class TokenIdsTest {
  @Test
  void ids_do_not_follow_the_arrays_they_came_from_or_went_to() {
    int[] given = {1, 2, 3};
    TokenIds ids = TokenIds.of(given);

    given[0] = 9;
    ids.toArray()[1] = 9;

    assertThat(ids).isEqualTo(TokenIds.of(1, 2, 3)).hasToString("[1, 2, 3]");
    assertThat(ids.hashCode()).isEqualTo(TokenIds.of(1, 2, 3).hashCode());
    assertThat(ids).isNotEqualTo(TokenIds.of(1, 2));
  }

  @Test
  void a_negative_id_is_refused_with_its_place() {
    assertThatThrownBy(() -> TokenIds.of(5, -3))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("token ids are never negative, got -3 at position 1");
  }
}
