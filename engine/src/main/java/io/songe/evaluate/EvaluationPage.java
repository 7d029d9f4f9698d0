package io.songe.evaluate;

import io.songe.data.Groups;
import io.songe.file.AtomicFile;
import io.songe.file.FileLabel;
import io.songe.format.Html;
import io.songe.image.Image;
import io.songe.image.Png;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An evaluation as one page that needs nothing else. */
public final class EvaluationPage {
  private final Evaluation.Result result;
  private final Optional<EvaluationJson.Earlier> earlier;

  private EvaluationPage(Evaluation.Result result, Optional<EvaluationJson.Earlier> earlier) {
    this.result = result;
    this.earlier = earlier;
  }

  /**
   * Writes the page.
   *
   * @param result what was found
   * @param earlier an evaluation to be shown beside it, if there is one
   * @param file in a folder that exists
   * @throws io.songe.error.BrokenFileException if it cannot be written
   */
  public static void write(
      Evaluation.Result result, Optional<EvaluationJson.Earlier> earlier, Path file) {
    byte[] page = new EvaluationPage(result, earlier).page().getBytes(StandardCharsets.UTF_8);
    try {
      AtomicFile.write(file, AtomicFile.Content.of(page));
    } catch (IOException failure) {
      throw FileLabel.of(file).broken("cannot be written: " + FileLabel.reason(failure), failure);
    }
  }

  private String page() {
    Map<String, String> parts =
        Map.of(
            "title", Html.escaped(result.subject().name()),
            "how", how(),
            "judge", judge(),
            "quality", QualityTables.of(result.quality()),
            "warning", warning(),
            "figures", figures(),
            "sheets", result.sheets().stream().map(this::sheet).collect(Collectors.joining("\n")));
    return Html.page(EvaluationPage.class, "evaluation.html", parts);
  }

  private String how() {
    Subject subject = result.subject();
    Groups groups = result.options().groups();
    return Html.escaped(
        "Drawn at %dx%d with %s, %d steps, guidance %s%s; %d prompts in each language%s, seed %d."
            .formatted(
                subject.side(),
                subject.side(),
                subject.sampler(),
                subject.steps(),
                Written.number(subject.guidance()),
                subject.guidanceRescale() == 0
                    ? ""
                    : " (rescaled by %s)".formatted(Written.number(subject.guidanceRescale())),
                result.options().prompts(),
                groups.equals(Groups.all()) ? "" : " about " + groups,
                result.options().seed()));
  }

  private String judge() {
    String learned = String.join(", ", result.judge().config().styles());
    String hidden = String.join(", ", result.judge().hiddenStyles());
    return Html.escaped(
        "A network that Songe trained for this: it can name %d things%s. %s%s"
            .formatted(
                result.judge().config().concepts().size(),
                learned.isEmpty()
                    ? ""
                    : ", and these styles, from whose drawings it learned: " + learned,
                hidden.isEmpty()
                    ? "No style was hidden from it, since there are fewer than four. "
                    : "It never saw a drawing in these styles: " + hidden + ". ",
                "It never saw the drawings of unseen pairs and unseen things either. What follows is"
                    + " about drawings that it never saw."));
  }

  private String warning() {
    boolean otherCorpus = !result.judge().corpusSha256().equals(result.corpusSha256());
    boolean otherJudge =
        earlier.map(one -> !one.judgeSha256().equals(result.judge().weightsSha256())).orElse(false);
    return (otherCorpus
            ? "<b>The judge learned from another corpus than this, so it may have seen some of the"
                + " drawings that are said to be unseen.</b> "
            : "")
        + (otherJudge ? "<b>The two models were judged by different judges.</b>" : "");
  }

  private String figures() {
    String head =
        "<tr><th>Figure</th><th>%s</th>%s<th>Real drawings</th><th>Chance</th><th>Pictures</th></tr>"
            .formatted(
                Html.escaped(result.subject().name()),
                earlier.map(one -> "<th>" + Html.escaped(one.name()) + "</th>").orElse(""));
    return "<div class=\"card\"><table>%s%s</table></div>"
        .formatted(
            head, result.figures().stream().map(this::row).collect(Collectors.joining("\n")));
  }

  private String row(Figure figure) {
    String name =
        Html.escaped(figure.text())
            + (figure.remark().isEmpty() || figure.value().isEmpty()
                ? ""
                : "<small>" + Html.escaped(figure.remark()) + "</small>");
    if (figure.value().isEmpty()) {
      return "<tr><td>%s</td><td class=\"none\" colspan=\"%d\">not to be had: %s</td></tr>"
          .formatted(name, earlier.isPresent() ? 5 : 4, Html.escaped(figure.remark()));
    }
    Optional<String> other =
        earlier.map(one -> {
          Double value = one.figures().get(figure.id());
          return "<td>" + (value == null ? "" : figure.unit().written(value)) + "</td>";
        });
    return "<tr><td>%s</td><td class=\"model\">%s</td>%s<td>%s</td><td>%s</td><td>%d</td></tr>"
        .formatted(
            name,
            figure.written(figure.value()),
            other.orElse(""),
            figure.written(figure.real()),
            figure.written(figure.chance()),
            figure.count());
  }

  private String sheet(Sheet sheet) {
    List<Exhibit> exhibits = sheet.exhibits();
    boolean wide = exhibits.getFirst().beside().isPresent();
    return """
    <section>
    <h2>%s</h2>
    <p class="quiet">%s</p>
    <div class="pictures%s">
    %s
    </div>
    </section>\
    """
        .formatted(
            Html.escaped(sheet.title()),
            Html.escaped(sheet.text()),
            wide ? " wide" : "",
            exhibits.stream().map(EvaluationPage::figure).collect(Collectors.joining("\n")));
  }

  private static String figure(Exhibit exhibit) {
    return "<figure%s><div>%s%s</div><figcaption>%s%s</figcaption></figure>"
        .formatted(
            exhibit
                .right()
                .map(right -> right ? " class=\"right\"" : " class=\"wrong\"")
                .orElse(""),
            image(exhibit.picture(), exhibit.caption()),
            exhibit.beside().map(beside -> image(beside, "a real drawing")).orElse(""),
            Html.escaped(exhibit.caption()),
            exhibit.verdict().isEmpty()
                ? ""
                : "<small>" + Html.escaped(exhibit.verdict()) + "</small>");
  }

  private static String image(Image image, String text) {
    return "<img alt=\"%s\" width=\"%d\" height=\"%d\" src=\"data:image/png;base64,%s\">"
        .formatted(
            Html.escaped(text),
            image.width(),
            image.height(),
            Base64.getEncoder().encodeToString(new Png(image).encode()));
  }
}
