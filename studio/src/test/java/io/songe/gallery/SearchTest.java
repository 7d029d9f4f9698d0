package io.songe.gallery;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SearchTest {
  private static Search search(String words, Map<String, String> facets, int stars) {
    return new Search(
        "anna",
        words,
        facets,
        false,
        false,
        stars,
        Optional.empty(),
        Optional.empty(),
        false,
        0,
        10);
  }

  @Test
  void what_cannot_be_searched_for_is_refused() {
    assertThatThrownBy(() -> search("", Map.of("colour", "red"), 0))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "pictures are chosen by model, style, sampler, shape, collection, not by 'colour'");
    assertThatThrownBy(() -> search("a".repeat(1001), Map.of(), 0))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a search has at most 1000 characters, got 1001; leave some words out");
    assertThatThrownBy(() -> search("", Map.of(), 6))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a picture has 0 to 5 stars, got 6");
    assertThatThrownBy(() -> Search.all("anna", -1, 10))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the pictures found are counted from 0, got an offset of -1");
    assertThatThrownBy(() -> Search.all("anna", 0, 501))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("0 to 500 pictures can be had at once, got 501");
  }
}
