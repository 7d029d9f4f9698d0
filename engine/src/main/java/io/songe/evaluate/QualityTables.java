package io.songe.evaluate;

import io.songe.evaluate.judge.JudgeQuality;
import io.songe.evaluate.judge.Retrieval;
import io.songe.evaluate.judge.StylePair;
import io.songe.format.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How good a judge is, as tables of a page. */
final class QualityTables {
  private final List<String> rows = new ArrayList<>();

  private QualityTables() {}

  static String of(JudgeQuality quality) {
    return new QualityTables().namings(quality) + new QualityTables().retrievals(quality);
  }

  private String namings(JudgeQuality quality) {
    naming("Things in styles that it never saw", quality.hiddenStyles());
    naming("Unseen pairs of thing and style: the thing", quality.unseenPairs());
    naming("Unseen pairs of thing and style: the style", quality.styleOfUnseenPairs());
    for (JudgeQuality.PhraseRetrieval phrases : quality.phrases()) {
      String language =
          Locale.forLanguageTag(phrases.language()).getDisplayLanguage(Locale.ENGLISH);
      retrieval("A picture's label found among labels, " + language, phrases.phraseOfPicture());
      retrieval("A label's picture found among pictures, " + language, phrases.pictureOfPhrase());
    }
    return table(
        "<tr><th>Right</th><th>at first</th><th>among five</th><th>Chance at first</th><th>Drawings</th></tr>");
  }

  private String table(String head) {
    return rows.isEmpty()
        ? ""
        : "<div class=\"card\"><table>" + head + String.join("\n", rows) + "</table></div>";
  }

  private void naming(String text, Optional<JudgeQuality.Naming> naming) {
    naming.ifPresent(
        one -> row(text, one.first(), one.firstFive(), 1.0 / one.names(), one.count()));
  }

  private void retrieval(String text, Retrieval one) {
    row(text, one.first(), one.firstFive(), 1.0 / one.candidates(), one.queries());
  }

  private void row(String text, double first, double five, double chance, int count) {
    rows.add(
        "<tr><td>%s</td><td class=\"model\">%s</td><td>%s</td><td>%s</td><td>%d</td></tr>"
            .formatted(
                Html.escaped(text),
                Written.percent(first),
                Written.percent(five),
                Written.percent(chance),
                count));
  }

  private String retrievals(JudgeQuality quality) {
    if (!quality.styles().isEmpty()) {
      pair(
          "All pairs below",
          new StylePair(
              "",
              "",
              Retrieval.mean(quality.styles().stream().map(StylePair::judge).toList()),
              Retrieval.mean(quality.styles().stream().map(StylePair::pixels).toList())));
    }
    quality
        .unseenConcepts()
        .ifPresent(pair -> pair("Things that it never saw, between all styles", pair));
    quality.styles().forEach(pair -> pair("from %s to %s".formatted(pair.from(), pair.to()), pair));
    return table(
        "<tr><th>A thing found by its drawing in another style</th><th>at first</th>"
            + "<th>among five</th><th>by 16x16 pixels</th><th>among five</th><th>Candidates</th></tr>");
  }

  private void pair(String text, StylePair pair) {
    rows.add(
        "<tr><td>%s</td><td class=\"model\">%s</td><td>%s</td><td>%s</td><td>%s</td><td>%d</td></tr>"
            .formatted(
                Html.escaped(text),
                Written.percent(pair.judge().first()),
                Written.percent(pair.judge().firstFive()),
                Written.percent(pair.pixels().first()),
                Written.percent(pair.pixels().firstFive()),
                pair.judge().candidates()));
  }
}
