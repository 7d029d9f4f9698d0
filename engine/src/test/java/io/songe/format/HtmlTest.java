package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.EngineException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void no_sign_of_a_text_means_anything() {
    assertThat(Html.escaped("<b title=\"a & b\">"))
        .isEqualTo("&lt;b title=&quot;a &amp; b&quot;&gt;");
  }

  @Test
  void parts_are_filled_in_as_they_are() {
    assertThat(
            Html.page(HtmlTest.class, "page.html", Map.of("name", "{{x}}", "what", "<b>fox</b>")))
        .isEqualToIgnoringNewLines("<p>{{x}}: <b>fox</b>, {{x}}</p>");
  }

  @Test
  void a_part_that_nobody_fills_is_our_fault() {
    assertThatThrownBy(() -> Html.page(HtmlTest.class, "page.html", Map.of("name", "fox")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("page.html")
        .hasMessageContaining("what");
    assertThatThrownBy(() -> Html.page(HtmlTest.class, "none.html", Map.of()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("none.html is missing");
  }
}
