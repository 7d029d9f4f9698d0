package io.songe.cli;

import io.songe.checkpoint.DrawingStyle;
import io.songe.checkpoint.ModelCard;
import io.songe.checkpoint.ModelSummary;
import io.songe.cli.messages.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A model in lines of text, its licence first. */
final class ModelDescription {
  private static final double MILLION = 1e6;
  private static final int SHOWN_THINGS = 12;

  private ModelDescription() {}

  /** {@return the lines under a model's name} */
  static List<String> lines(ModelSummary model, Surroundings around) {
    ModelCard card = model.card();
    List<String> lines = new ArrayList<>();
    add(lines, around, Text.LABEL_LICENCE, card.licence());
    add(lines, around, Text.LABEL_ARCHITECTURE, model.pipeline() + " (" + parts(model) + ")");
    add(
        lines,
        around,
        Text.LABEL_PARAMETERS,
        around.say(Text.PARAMETERS, model.parameters() / MILLION, model.bytes() / MILLION));
    add(
        lines,
        around,
        Text.LABEL_USUALLY,
        around.say(Text.USUALLY, card.side(), card.steps(), card.guidanceScale()));
    String styles =
        card.styles().stream().map(DrawingStyle::name).collect(Collectors.joining(", "));
    if (!styles.isEmpty()) {
      add(lines, around, Text.LABEL_STYLES, styles);
    }
    List<String> things = card.things().names(around.messages().locale());
    if (!things.isEmpty()) {
      add(lines, around, Text.LABEL_THINGS, around.say(Text.THINGS, things.size(), some(things)));
    }
    return lines;
  }

  /** {@return a few, from the first to the last} */
  private static String some(List<String> names) {
    int shown = Math.min(SHOWN_THINGS, names.size());
    return IntStream.range(0, shown)
        .mapToObj(i -> names.get(i * names.size() / shown))
        .collect(Collectors.joining(", "));
  }

  private static String parts(ModelSummary model) {
    return model.parts().stream().map(ModelSummary.Part::type).collect(Collectors.joining(", "));
  }

  private static void add(List<String> lines, Surroundings around, Text label, String value) {
    lines.add(around.labelled(around.say(label), value));
  }
}
