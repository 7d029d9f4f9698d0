package io.songe.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.songe.checkpoint.ModelCard;
import io.songe.checkpoint.ModelSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model as it is answered.
 *
 * @param name by which it is asked for
 * @param title for people
 * @param summary the first paragraph that its authors write; may be empty
 * @param names how many it says that it was taught, in the language that it knows most of
 * @param card all that they write, in Markdown, where one model is asked for
 * @param parts its networks, where one model is asked for
 * @param things the names that it was taught, by the code of their language, where one model is
 *     asked for
 */
record ModelJson(
    String name,
    String title,
    String licence,
    boolean bundled,
    String pipeline,
    int side,
    int steps,
    double guidanceScale,
    long parameters,
    long bytes,
    List<StyleJson> styles,
    String summary,
    int names,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> card,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<ModelSummary.Part>> parts,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Map<String, List<String>>> things) {
  private static final Pattern PARAGRAPHS = Pattern.compile("\\R\\s*\\R");
  private static final String HEADING = "# ";

  record StyleJson(String name) {}

  /** {@return a model among others} */
  static ModelJson of(ModelList.Described model) {
    return of(model, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** {@return a model with all that is known of it} */
  static ModelJson whole(ModelList.Described model) {
    ModelSummary summary = model.summary();
    return of(
        model,
        Optional.of(model.card()),
        Optional.of(summary.parts()),
        Optional.of(summary.card().things().names()));
  }

  private static ModelJson of(
      ModelList.Described model,
      Optional<String> text,
      Optional<List<ModelSummary.Part>> parts,
      Optional<Map<String, List<String>>> things) {
    ModelSummary summary = model.summary();
    ModelCard card = summary.card();
    List<String> paragraphs = PARAGRAPHS.splitAsStream(model.card()).map(String::strip).toList();
    return new ModelJson(
        card.name(),
        paragraphs.stream()
            .filter(each -> each.startsWith(HEADING))
            .findFirst()
            .map(each -> each.substring(HEADING.length()).lines().findFirst().orElse("").strip())
            .filter(title -> !title.isEmpty())
            .orElse(card.name()),
        card.licence(),
        model.bundled(),
        summary.pipeline(),
        card.side(),
        card.steps(),
        card.guidanceScale(),
        summary.parameters(),
        summary.bytes(),
        card.styles().stream().map(style -> new StyleJson(style.name())).toList(),
        paragraphs.stream()
            .filter(each -> !each.isEmpty() && Character.isLetter(each.codePointAt(0)))
            .findFirst()
            .orElse(""),
        card.things().names().values().stream().mapToInt(List::size).max().orElse(0),
        text,
        parts,
        things);
  }
}
