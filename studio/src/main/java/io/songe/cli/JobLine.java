package io.songe.cli;

import io.songe.cli.messages.Text;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A job as one line. */
final class JobLine {
  private JobLine() {}

  /** {@return the line of a job, as our own interface answers it} */
  static String of(JsonNode job, Surroundings around) {
    return Printable.line(
        String.join(
            "  ",
            job.path("id").asString(),
            state(job, around),
            job.path("width").asInt() + "x" + job.path("height").asInt(),
            job.path("phrase").asString()));
  }

  private static String state(JsonNode job, Surroundings around) {
    String state = job.path("state").asString();
    String said = around.say(Text.valueOf("JOB_" + state.toUpperCase(Locale.ROOT)));
    int pictures = job.path("count").asInt();
    String which = pictures > 1 ? " " + (job.path("image").asInt() + 1) + "/" + pictures : "";
    return switch (state) {
      case "running" -> said + which + left(job, around);
      case "failed" -> said + " (" + job.path("failure").asString() + ")";
      default -> said;
    };
  }

  private static String left(JsonNode job, Surroundings around) {
    JsonNode seconds = job.path("timeLeft");
    return seconds.isNumber()
        ? ", " + around.messages().left(Duration.ofMillis(Math.round(1000 * seconds.asDouble())))
        : "";
  }
}
