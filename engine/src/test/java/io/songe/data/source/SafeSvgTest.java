package io.songe.data.source;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeSvgTest {
  private static String svg(String body) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">" + body + "</svg>";
  }

  @Test
  void a_drawing_that_refers_to_itself_alone_is_taken() {
    assertThatCode(() ->
            SafeSvg.check(
                svg("<g id='a'><path d='M0 0' fill='url(#b)'/></g><use href='#a' x='3'/>")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<script>1</script>|the drawing holds <script>, which is not taken",
        "<image href='a.png'/>|the drawing holds <image>, which is not taken",
        "<g onload='x()'/>|the drawing holds a program (onload)",
        "<use href='other.svg#a'/>|the drawing refers to something outside itself (other.svg#a)",
        "<g fill='url(ftp://a/b)'/>|the drawing refers to something outside itself (ftp://a/b))",
        "<style>@import 'a.css'</style>|the drawing refers to something outside itself (@import)",
        "<g id='a'><use href='#a'/></g>|the drawing refers to itself in a circle",
        "<g>|the drawing is no well-formed XML"
      })
  void a_drawing_that_reaches_out_or_runs_is_refused(String body, String message) {
    assertThatThrownBy(() -> SafeSvg.check(svg(body)))
        .isInstanceOf(UnusableArtworkException.class)
        .hasMessage(message);
  }

  @Test
  void a_document_type_is_refused() {
    assertThatThrownBy(
            () -> SafeSvg.check("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("<title>&a;</title>")))
        .isInstanceOf(UnusableArtworkException.class);
  }

  @Test
  void a_drawing_that_unfolds_to_a_billion_elements_is_refused_at_once() {
    StringBuilder body = new StringBuilder("<g id='a0'><path d='M0 0'/></g>");
    for (int i = 1; i < 30; i++) {
      body.append("<g id='a%d'>".formatted(i));
      body.append("<use href='#a%d'/>".formatted(i - 1).repeat(10)).append("</g>");
    }

    assertThatThrownBy(() -> SafeSvg.check(svg(body.toString())))
        .isInstanceOf(UnusableArtworkException.class)
        .hasMessage("the drawing unfolds to more than 50000 elements");
  }
}
