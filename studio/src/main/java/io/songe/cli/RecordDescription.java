package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.models.ModelRecord;
import java.util.ArrayList;
import java.util.List;

/** What the index knows of a model, in lines of text. */
final class RecordDescription {
  private static final double MILLION = 1e6;

  private RecordDescription() {}

  /** {@return the lines under a model's name} */
  static List<String> lines(ModelRecord record, Surroundings around) {
    List<String> lines = new ArrayList<>();
    lines.add(around.labelled(around.say(Text.LABEL_LICENCE), record.licence()));
    lines.add(around.labelled(around.say(Text.LABEL_ARCHITECTURE), record.architecture()));
    lines.add(around.labelled(around.say(Text.LABEL_PRECISION), record.precision()));
    lines.add(
        around.labelled(
            around.say(Text.LABEL_SIZE), around.say(Text.MEGABYTES, record.bytes() / MILLION)));
    record
        .origin()
        .ifPresent(origin -> lines.add(around.labelled(around.say(Text.LABEL_ORIGIN), origin)));
    if (!record.triggers().isEmpty()) {
      lines.add(
          around.labelled(around.say(Text.LABEL_TRIGGERS), String.join(", ", record.triggers())));
    }
    return lines;
  }
}
